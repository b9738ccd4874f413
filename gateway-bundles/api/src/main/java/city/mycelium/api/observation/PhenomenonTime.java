package city.mycelium.api.observation;

import java.time.Instant;

/**
 * When the observed thing happened: an instant ({@code from == to}) or the interval {@code [from,
 * to)}, in UTC epoch milliseconds (ISO 19156:2011, 7.2.2.2 phenomenonTime).
 */
public record PhenomenonTime(long from, long to) {

  /** Year 9999: later is no time, but a defect of the sender. */
  private static final long LATEST = 253_402_300_799_999L;

  public PhenomenonTime {
    if (from < 0 || to < from || to > LATEST) {
      throw new IllegalArgumentException(
          "phenomenonTime must be 0 <= from <= to < year 10000 in epoch milliseconds, but is ["
              + from
              + ", "
              + to
              + "]");
    }
  }

  /** An instant. */
  public static PhenomenonTime at(long epochMillis) {
    return new PhenomenonTime(epochMillis, epochMillis);
  }

  /** The interval {@code [from, to)}. */
  public static PhenomenonTime between(long from, long to) {
    return new PhenomenonTime(from, to);
  }

  public boolean isInstant() {
    return from == to;
  }

  /** Length in milliseconds; 0 for an instant. */
  public long millis() {
    return to - from;
  }

  /** ISO 8601 with {@code Z}: an instant, or {@code from/to}. */
  @Override
  public String toString() {
    return isInstant()
        ? Instant.ofEpochMilli(from).toString()
        : Instant.ofEpochMilli(from) + "/" + Instant.ofEpochMilli(to);
  }
}
