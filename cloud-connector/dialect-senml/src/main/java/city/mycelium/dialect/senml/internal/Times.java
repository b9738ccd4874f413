package city.mycelium.dialect.senml.internal;

import city.mycelium.api.observation.PhenomenonTime;

/** Milliseconds here, seconds in SenML. */
public final class Times {

  /**
   * 2^28 seconds, July 1978: SenML reads a lesser time as relative to now (RFC 8428, 4.5.3), so no
   * earlier moment can be said.
   */
  private static final long FIRST_ABSOLUTE_MILLIS = (1L << 28) * 1_000;

  /** Beyond the year 30000: no time, and far below where a double of milliseconds gets coarse. */
  private static final double MOST_SECONDS = 1e12;

  private Times() {}

  /** Whether SenML has a way to say it. */
  public static boolean canSay(PhenomenonTime time) {
    return isAbsolute(time.from());
  }

  static boolean isAbsolute(long millis) {
    return millis >= FIRST_ABSOLUTE_MILLIS;
  }

  static double seconds(long millis) {
    return millis / 1e3;
  }

  /**
   * Whole milliseconds, rounded to the nearest.
   *
   * @throws IllegalArgumentException if it is no time
   */
  static long millis(double seconds) {
    if (!(Math.abs(seconds) <= MOST_SECONDS)) {
      throw new IllegalArgumentException("a time of " + seconds + " seconds is out of range");
    }
    return Math.round(seconds * 1e3);
  }
}
