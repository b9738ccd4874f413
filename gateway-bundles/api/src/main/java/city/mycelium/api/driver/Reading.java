package city.mycelium.api.driver;

import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import org.jspecify.annotations.Nullable;

/**
 * What a driver hands over.
 *
 * @param channel which value of which device
 * @param phenomenonTime when it happened, if the device knows; else the gateway's time of receipt
 *     serves
 * @param result what the device said
 * @param sourceKey what makes a repeat recognisable, if the source gives it: a deduplication id, a
 *     frame counter, a hash of the body within the kit's period. Readings of one submission may
 *     share a key; a key seen in an earlier submission marks a repeat. At most 128 characters.
 */
public record Reading(
    Channel channel,
    @Nullable PhenomenonTime phenomenonTime,
    Result result,
    @Nullable String sourceKey) {

  public Reading {
    if (sourceKey != null && (sourceKey.isEmpty() || sourceKey.length() > 128)) {
      throw new IllegalArgumentException("a source key has 1 to 128 characters");
    }
    if (result instanceof Result.Summary) {
      throw new IllegalArgumentException("a Summary is made by aggregation, never by a driver");
    }
  }
}
