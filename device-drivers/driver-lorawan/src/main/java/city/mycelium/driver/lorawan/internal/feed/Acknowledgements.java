package city.mycelium.driver.lorawan.internal.feed;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Which messages the broker may be told that we have: those that are kept, in the order in which
 * they came (MQTT 3.1.1, 4.6). Safe for use by many threads.
 */
final class Acknowledgements {

  private final IntConsumer acknowledge;
  private final Consumer<String> failed;
  private final Deque<Place> places = new ArrayDeque<>();

  /** One message's place in the order. */
  static final class Place {
    private final int id;
    private boolean kept;

    private Place(int id) {
      this.id = id;
    }
  }

  /**
   * Nothing has come.
   *
   * @param acknowledge sends a PUBACK for the id of a packet
   * @param failed a message could not be kept: it must be sent again
   */
  Acknowledgements(IntConsumer acknowledge, Consumer<String> failed) {
    this.acknowledge = acknowledge;
    this.failed = failed;
  }

  /** A message has come. */
  synchronized Place came(int id) {
    Place place = new Place(id);
    places.add(place);
    return place;
  }

  /** It is kept, or not if there is a reason. */
  void done(Place place, @Nullable Throwable why) {
    if (why != null) {
      failed.accept(String.valueOf(why.getMessage()));
      return;
    }
    synchronized (this) { // sent in here too, so that the order is that of the places
      place.kept = true;
      for (Place first = places.peek(); first != null && first.kept; first = places.peek()) {
        places.remove();
        acknowledge.accept(first.id);
      }
    }
  }
}
