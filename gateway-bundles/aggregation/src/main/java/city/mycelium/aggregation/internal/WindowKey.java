package city.mycelium.aggregation.internal;

import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.PhenomenonTime;
import java.util.Comparator;

/**
 * One window of one aggregate Datastream: the logical key of a Summary. The order is that of the
 * ends: what is over first comes first.
 *
 * @param aggregate the derived Datastream, which tells the length
 */
record WindowKey(DatastreamId aggregate, PhenomenonTime window) implements Comparable<WindowKey> {

  /** As many as the latest time has. */
  private static final int DIGITS = 15;

  private static final Comparator<WindowKey> BY_END =
      Comparator.<WindowKey>comparingLong(key -> key.window().to())
          .thenComparingLong(key -> key.window().from())
          .thenComparing(WindowKey::aggregate);

  @Override
  public int compareTo(WindowKey other) {
    return BY_END.compare(this, other);
  }

  /** As a key of the state store, which sorts in the same order. */
  String stateKey() {
    StringBuilder key = new StringBuilder(2 * (DIGITS + 1) + aggregate.value().length());
    digits(key, window.to());
    key.append('/');
    digits(key, window.from());
    return key.append('/').append(aggregate.value()).toString();
  }

  private static void digits(StringBuilder key, long millis) {
    String digits = Long.toString(millis);
    key.append("0".repeat(DIGITS - digits.length())).append(digits);
  }

  /**
   * The reverse of {@link #stateKey}.
   *
   * @throws IllegalArgumentException if it is none
   */
  static WindowKey parse(String stateKey) {
    String[] parts = stateKey.split("/", 3);
    if (parts.length != 3) {
      throw new IllegalArgumentException("'" + stateKey + "' names no window");
    }
    return new WindowKey(
        new DatastreamId(parts[2]),
        PhenomenonTime.between(Long.parseLong(parts[1]), Long.parseLong(parts[0])));
  }
}
