package city.mycelium.journal.internal;

/**
 * Doubles as whole numbers. What a sensor reports has few decimals: 21.55 is kept as 2155 at scale
 * 2, if and only if that gives back the very same 64 bits; else the bits themselves are kept, at
 * scale {@link #RAW}. Pure.
 */
final class Decimals {

  /** No scale fits: the 64 bits as they are. */
  static final int RAW = 5;

  private static final double[] POWER = {1, 10, 100, 1_000, 10_000};

  /** Up to here every whole number is a double of its own. */
  private static final double EXACT = 1L << 53;

  private Decimals() {}

  /**
   * The scale to keep a value at: the preferred one if it fits, so that neighbours keep their scale
   * and their differences stay small, else the smallest that fits, else {@link #RAW}.
   */
  static int scaleOf(double value, int preferred) {
    if (preferred != RAW && fits(value, preferred)) {
      return preferred;
    }
    for (int scale = 0; scale < RAW; scale++) {
      if (fits(value, scale)) {
        return scale;
      }
    }
    return RAW;
  }

  private static boolean fits(double value, int scale) {
    double scaled = value * POWER[scale];
    return Math.abs(scaled) < EXACT
        && Double.doubleToRawLongBits(unscale((long) Math.rint(scaled), scale))
            == Double.doubleToRawLongBits(value);
  }

  /** The whole number nearest to a value at a scale; 0 where it is too large for one. */
  static long scale(double value, int scale) {
    double scaled = value * POWER[scale];
    return Math.abs(scaled) < EXACT ? (long) Math.rint(scaled) : 0;
  }

  static double unscale(long whole, int scale) {
    return whole / POWER[scale];
  }
}
