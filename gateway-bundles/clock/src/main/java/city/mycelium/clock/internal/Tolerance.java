package city.mycelium.clock.internal;

/** How far two clocks that both go right may come apart. */
final class Tolerance {

  /**
   * A leap second repeats (or leaves out) a second of the wall clock and is no leap (POSIX.1-2017,
   * 4.16); a tenth of a second more is for reading and rounding.
   */
  static final long STEP_MILLIS = 1_100;

  /**
   * What a crystal may be off, in millionths: the limit that NTP corrects at all (RFC 5905, 11.3,
   * 500 ppm). It comes to 1.8 s in an hour; most are far better.
   */
  static final long DRIFT_PPM = 500;

  private static final long MILLION = 1_000_000;

  private Tolerance() {}

  /** Milliseconds that may lie between wall and monotonic clock after a while. */
  static long after(long elapsedNanos) {
    return STEP_MILLIS + drift(elapsedNanos);
  }

  /** Milliseconds that a free-running clock may be off after a while; never less than 0. */
  static long drift(long elapsedNanos) {
    return Nanos.toMillis(Math.abs(elapsedNanos) / MILLION * DRIFT_PPM) + 1;
  }
}
