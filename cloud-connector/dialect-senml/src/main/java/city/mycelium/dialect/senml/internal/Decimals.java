package city.mycelium.dialect.senml.internal;

/**
 * Doubles as whole numbers with a decimal point: what sensors say has few digits, and the
 * difference of two such numbers has fewer. Exact or not at all.
 */
final class Decimals {

  /** Digits after the point at most. */
  static final int MOST_DIGITS = 9;

  /** In place of a number of digits: the values are no such decimals. */
  static final int NONE = 15;

  private static final double LAST_EXACT_WHOLE = 1L << 53;

  /** Each is a double exactly (10^22 is the last one), so one division rounds once. */
  private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

  private Decimals() {}

  /**
   * How many digits after the point are needed to get the same double again.
   *
   * @param atLeast digits that are there anyway
   * @return {@link #NONE} if no number of them does
   */
  static int digits(double value, int atLeast) {
    for (int digits = atLeast; digits <= MOST_DIGITS; digits++) {
      if (fits(value, digits)) {
        return digits;
      }
    }
    return NONE;
  }

  static boolean fits(double value, int digits) {
    double scaled = Math.rint(value * POWERS[digits]);
    return Math.abs(scaled) <= LAST_EXACT_WHOLE
        && Double.doubleToRawLongBits(value((long) scaled, digits))
            == Double.doubleToRawLongBits(value);
  }

  /** The whole number that stands for a value that {@link #fits}. */
  static long whole(double value, int digits) {
    return (long) Math.rint(value * POWERS[digits]);
  }

  static double value(long whole, int digits) {
    return whole / POWERS[digits];
  }
}
