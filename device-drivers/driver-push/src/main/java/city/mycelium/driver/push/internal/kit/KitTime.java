package city.mycelium.driver.push.internal.kit;

import city.mycelium.api.observation.PhenomenonTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Times as kits state them, held against what is possible. */
final class KitTime {

  /** No kit is older. What claims to be is, as a rule, seconds that were taken for nanoseconds. */
  private static final long EARLIEST = Instant.parse("2000-01-01T00:00:00Z").toEpochMilli();

  private KitTime() {}

  /**
   * An instant in UTC epoch milliseconds.
   *
   * @throws IllegalArgumentException if no kit can mean it; the message is for a person
   */
  static PhenomenonTime at(long epochMillis) {
    return between(epochMillis, epochMillis);
  }

  /**
   * An interval in UTC epoch milliseconds.
   *
   * @throws IllegalArgumentException if no kit can mean it; the message is for a person
   */
  static PhenomenonTime between(long from, long to) {
    if (from < EARLIEST) {
      throw new IllegalArgumentException(
          "the time lies before the year 2000; is ?precision= missing, or the kit's clock not set?");
    }
    return PhenomenonTime.between(from, to);
  }

  /** A fingerprint that tells equal texts apart whose precision makes them different times. */
  static String stamped(String text, @Nullable PhenomenonTime time) {
    return time == null ? text : text + '\n' + time;
  }
}
