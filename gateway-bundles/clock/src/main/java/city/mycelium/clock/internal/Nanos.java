package city.mycelium.clock.internal;

/** Between the nanoseconds of the monotonic clock and the milliseconds of the calendar. */
final class Nanos {

  private static final long PER_MILLI = 1_000_000;

  private Nanos() {}

  /** Rounded down, also below zero: a moment never changes its side of another. */
  static long toMillis(long nanos) {
    return Math.floorDiv(nanos, PER_MILLI);
  }
}
