package city.mycelium.aggregation.internal;

import city.mycelium.api.observation.PhenomenonTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * Tumbling windows of one length, aligned to the clock on the wall in a time zone, so that an hour
 * begins when people say it does. An hour that the autumn change of time repeats is two windows.
 * (Where the change is less than the window, as on Lord Howe Island, the two windows around it
 * overlap; each instant still falls into one.)
 *
 * @param length up to an hour, and a divisor of an hour
 * @param zone whose wall clock
 */
record WindowGrid(Duration length, ZoneId zone) {

  /**
   * The latest that a {@link PhenomenonTime} can be; the windows at both ends of time are short.
   */
  private static final long END_OF_TIME = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

  WindowGrid {
    requireLength(length);
  }

  /**
   * Nothing, if windows can have this length.
   *
   * @throws IllegalArgumentException if not
   */
  static void requireLength(Duration length) {
    if (length.toMillis() < 1 || Duration.ofHours(1).toMillis() % length.toMillis() != 0) {
      throw new IllegalArgumentException(
          "a window is a whole part of an hour, such as PT10M, not " + length);
    }
  }

  /** The window that an instant falls into. */
  PhenomenonTime at(long epochMillis) {
    long offset =
        zone.getRules().getOffset(Instant.ofEpochMilli(epochMillis)).getTotalSeconds() * 1_000L;
    long millis = length.toMillis();
    long start = Math.floorDiv(epochMillis + offset, millis) * millis - offset;
    return PhenomenonTime.between(Math.max(0, start), Math.min(END_OF_TIME, start + millis));
  }
}
