package city.mycelium.aggregation.internal;

import city.mycelium.api.observation.PhenomenonTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * Tumbling windows of one length, aligned to the clock on the wall in a time zone, so that an hour
 * begins when people say it does. An hour that the autumn change of time repeats is two windows.
 *
 * @param length up to an hour, and a divisor of an hour
 * @param zone whose wall clock
 */
record WindowGrid(Duration length, ZoneId zone) {

  WindowGrid {
    if (length.toMillis() < 1 || Duration.ofHours(1).toMillis() % length.toMillis() != 0) {
      throw new IllegalArgumentException(
          "a window divides an hour without rest, not like " + length);
    }
  }

  /** The window that an instant falls into. */
  PhenomenonTime at(long epochMillis) {
    long offset =
        zone.getRules().getOffset(Instant.ofEpochMilli(epochMillis)).getTotalSeconds() * 1_000L;
    long millis = length.toMillis();
    long start = Math.max(0, Math.floorDiv(epochMillis + offset, millis) * millis - offset);
    return PhenomenonTime.between(start, start + millis);
  }
}
