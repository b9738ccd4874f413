package city.mycelium.api.driver;

import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a driver hands over.
 *
 * @param channel which value of which device
 * @param phenomenonTime when it happened, if the device knows; else the gateway's time of receipt
 *     serves
 * @param result what the device said
 * @param sourceKey what makes a repeat recognisable, if the source gives it: a deduplication id, a
 *     frame counter, a hash of what was said. Readings of one submission may share a key; a key
 *     seen in an earlier submission marks a repeat. At most 128 characters.
 * @param repeatsWithin how long after the first one the key marks a repeat, where the same may be
 *     said again as news: a kit without a clock in calm air. Null if the key is never used again.
 */
public record Reading(
    Channel channel,
    @Nullable PhenomenonTime phenomenonTime,
    Result result,
    @Nullable String sourceKey,
    @Nullable Duration repeatsWithin) {

  public Reading {
    if (sourceKey != null && (sourceKey.isEmpty() || sourceKey.length() > 128)) {
      throw new IllegalArgumentException("a source key has 1 to 128 characters");
    }
    if (repeatsWithin != null && (sourceKey == null || repeatsWithin.toMillis() < 1)) {
      throw new IllegalArgumentException(
          "a time in which it repeats needs a source key, and at least 1 ms");
    }
    if (result instanceof Result.Summary) {
      throw new IllegalArgumentException("a Summary is made by aggregation, never by a driver");
    }
  }

  /** A Reading whose source key, if it has one, is never used again. */
  public Reading(
      Channel channel,
      @Nullable PhenomenonTime phenomenonTime,
      Result result,
      @Nullable String sourceKey) {
    this(channel, phenomenonTime, result, sourceKey, null);
  }
}
