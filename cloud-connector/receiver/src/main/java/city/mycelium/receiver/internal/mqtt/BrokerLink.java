package city.mycelium.receiver.internal.mqtt;

import city.mycelium.api.time.Backoff;
import city.mycelium.receiver.internal.Tally;
import city.mycelium.receiver.internal.intake.Acknowledger;
import city.mycelium.receiver.internal.intake.Inbound;
import city.mycelium.receiver.internal.intake.Presence;
import city.mycelium.receiver.internal.intake.Topics;
import city.mycelium.receiver.internal.store.Store.Due;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stays connected to the broker for as long as it is open, by connecting again whenever it is not.
 * Safe for use by many threads.
 */
public final class BrokerLink implements Acknowledger, AutoCloseable {

  /** A connection that ends sooner did not go well: the wait before the next one grows. */
  private static final long SETTLED_NANOS = Duration.ofSeconds(10).toNanos();

  private static final Logger LOG = LoggerFactory.getLogger(BrokerLink.class);

  private final BrokerSettings settings;
  private final Topics topics;
  private final Presence presence;
  private final Tally tally;
  private final Backoff backoff;
  private final Outbox outbox = new Outbox();
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile @Nullable BrokerConnection current;
  private volatile @Nullable Thread thread;

  /** Whether the log knows already that there is no connection; for the thread of this link. */
  private boolean complained;

  /** Where messages go. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Takes a message, or waits a moment in vain for room.
     *
     * @return whether it was taken
     */
    boolean offer(Inbound message) throws InterruptedException;
  }

  public BrokerLink(
      BrokerSettings settings, Topics topics, Presence presence, Tally tally, Backoff backoff) {
    this.settings = settings;
    this.topics = topics;
    this.presence = presence;
    this.tally = tally;
    this.backoff = backoff;
  }

  /** Begins to connect and returns at once. */
  public void start(Sink sink) {
    if (settings.isExposed()) {
      LOG.warn(
          "The connection to {} is not encrypted: whoever is in between can read the data and"
              + " forge acknowledgements. Use ssl://",
          settings.url());
    }
    Thread started = new Thread(() -> run(sink), "receiver-broker");
    thread = started;
    started.start();
  }

  @Override
  public void tell(Due due) {
    outbox.offer(due);
  }

  /** Takes leave of the broker; returns within seconds. */
  @Override
  public void close() {
    closing.countDown();
    BrokerConnection connection = current;
    if (connection != null) {
      connection.requestEnd();
    }
    Thread running = thread;
    if (running != null) {
      try {
        running.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void run(Sink sink) {
    try {
      do {
        disconnected(stayConnected(sink));
      } while (!closing.await(backoff.next().toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      LOG.info("The link to the broker was interrupted and ends");
    }
  }

  /**
   * One connection from beginning to end.
   *
   * @return why it ended, or why there was none
   */
  private String stayConnected(Sink sink) {
    try (BrokerConnection connection = new BrokerConnection(settings, topics, sink)) {
      current = connection;
      if (closing.getCount() == 0) {
        return "closed";
      }
      connection.open();
      long since = System.nanoTime();
      connected(connection);
      String why = connection.end().join();
      if (System.nanoTime() - since > SETTLED_NANOS) {
        backoff.reset();
      }
      return why;
    } catch (MqttException | IOException | GeneralSecurityException e) {
      return Trouble.inWords(e);
    } finally {
      current = null;
      outbox.disconnected();
      presence.forgetAll();
    }
  }

  private void connected(BrokerConnection connection) {
    LOG.info("Connected to the broker {}", settings.url());
    complained = false;
    tally.brokerTrouble(null);
    outbox.connected(connection.window(), connection::publish);
  }

  private void disconnected(String why) {
    tally.brokerTrouble(why);
    if (closing.getCount() > 0 && !complained) {
      complained = true;
      LOG.warn(
          "No connection to the broker {}: {}. The gateways keep their data. Trying again.",
          settings.url(),
          why);
    } else {
      LOG.debug("Still no connection to the broker {}: {}", settings.url(), why);
    }
  }
}
