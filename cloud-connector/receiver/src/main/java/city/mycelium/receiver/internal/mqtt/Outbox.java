package city.mycelium.receiver.internal.mqtt;

import city.mycelium.receiver.internal.store.Route;
import city.mycelium.receiver.internal.store.Store.Due;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Acknowledgements on their way out: one of each journal and Destination at a time, and no more at
 * once than the broker takes. What waits meanwhile is replaced by what is said later of the same
 * journal; what a lost connection took with it waits again. Safe for use by many threads.
 *
 * <p>Paho 1.2.5 must never be given more than the broker takes: it refuses the message, but
 * believes afterwards that the broker has learned the topic's alias from it, and the broker ends
 * the connection over the next one.
 */
final class Outbox {

  private final Map<Key, Due> waiting = new LinkedHashMap<>();
  private final Map<Key, Due> underWay = new LinkedHashMap<>();
  private Publisher publisher = (due, done) -> {};
  private int most;
  private int connections;

  private record Key(Route route, long epoch) {}

  /** Sends one acknowledgement. Called by one thread at a time. */
  @FunctionalInterface
  interface Publisher {
    /**
     * Sends it and returns at once.
     *
     * @param done to be called when the broker has answered; not needed once the connection is lost
     */
    void publish(Due due, Runnable done);
  }

  synchronized void offer(Due due) {
    waiting.put(new Key(due.route(), due.acknowledgement().epoch()), due);
    sendWhatFits();
  }

  /** A connection stands that takes so many at once. */
  synchronized void connected(int window, Publisher connection) {
    publisher = connection;
    most = window;
    sendWhatFits();
  }

  /** It is gone; nobody knows what arrived. */
  synchronized void disconnected() {
    connections++;
    most = 0;
    underWay.forEach(waiting::putIfAbsent);
    underWay.clear();
  }

  private synchronized void done(Key key, int connection) {
    if (connection == connections) {
      underWay.remove(key);
      sendWhatFits();
    }
  }

  private void sendWhatFits() {
    int connection = connections;
    Iterator<Map.Entry<Key, Due>> entries = waiting.entrySet().iterator();
    while (underWay.size() < most && entries.hasNext()) {
      Map.Entry<Key, Due> next = entries.next();
      Key key = next.getKey();
      if (!underWay.containsKey(key)) {
        Due due = next.getValue();
        entries.remove();
        underWay.put(key, due);
        publisher.publish(due, () -> done(key, connection));
      }
    }
  }
}
