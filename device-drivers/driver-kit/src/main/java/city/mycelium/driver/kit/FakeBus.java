package city.mycelium.driver.kit;

import java.time.Duration;
import java.util.List;

/**
 * A bus with one healthy device on it that can be disturbed. For one thread.
 *
 * @param <B> what a device class is given
 */
public interface FakeBus<B> {

  /** What a device class is given. */
  B bus();

  /**
   * From now on this goes wrong. A bus asks {@link Fault#before} before its device hears of a
   * transfer, and {@link Fault#arrives} with what the device answers.
   */
  void disturb(Fault fault);

  /** What has passed since it was made, or since it forgot. */
  List<Transfer> transfers();

  /** Forgets what has passed; transfers are numbered on. */
  void forget();

  /** What the device would have had an answer for, but was never asked. */
  default List<String> unasked() {
    return List.of();
  }

  /**
   * The device takes longer than it should before its answers are ready, by this much.
   *
   * @return whether this bus knows devices that take time
   */
  default boolean delay(Duration more) {
    return false;
  }
}
