package city.mycelium.driver.push.internal.line;

import java.util.Optional;

/**
 * The unit of time stamps, as {@code ?precision=} names it (InfluxDB 1.8 API reference, "/write":
 * n, u, ms, s, m, h; {@code ns} and {@code us} are what version 2 calls the first two).
 */
public enum TimePrecision {
  NANOSECONDS(-1_000_000),
  MICROSECONDS(-1_000),
  MILLISECONDS(1),
  SECONDS(1_000),
  MINUTES(60_000),
  HOURS(3_600_000);

  /** Milliseconds per unit, or if negative, units per millisecond. */
  private final long scale;

  TimePrecision(long scale) {
    this.scale = scale;
  }

  /** The precision with this name, nanoseconds for an empty one, nothing for an unknown one. */
  public static Optional<TimePrecision> named(String name) {
    return switch (name) {
      case "", "n", "ns" -> Optional.of(NANOSECONDS);
      case "u", "us", "µ" -> Optional.of(MICROSECONDS);
      case "ms" -> Optional.of(MILLISECONDS);
      case "s" -> Optional.of(SECONDS);
      case "m" -> Optional.of(MINUTES);
      case "h" -> Optional.of(HOURS);
      default -> Optional.empty();
    };
  }

  /**
   * The time stamp in milliseconds, rounded down.
   *
   * @throws ArithmeticException if it does not fit into 64 bits
   */
  long toMillis(long timestamp) {
    return scale < 0 ? Math.floorDiv(timestamp, -scale) : Math.multiplyExact(timestamp, scale);
  }
}
