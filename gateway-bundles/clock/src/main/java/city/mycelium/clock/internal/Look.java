package city.mycelium.clock.internal;

import city.mycelium.api.time.Clock;

/**
 * Both clocks of the machine, read as one.
 *
 * @param wallMillis what the wall clock shows, UTC epoch milliseconds
 * @param monotonicNanos the monotonic time of that
 */
record Look(long wallMillis, long monotonicNanos) {

  /** A thread that was put aside between the two readings would see a leap that never was. */
  private static final long TOGETHER_NANOS = 50_000_000;

  private static final int ATTEMPTS = 20;

  static Look at(Clock machine) {
    long before = machine.monotonicNanos();
    for (int i = 0; ; i++) {
      long wall = machine.epochMillis();
      long after = machine.monotonicNanos();
      if (after - before <= TOGETHER_NANOS || i == ATTEMPTS) {
        return new Look(wall, before + (after - before) / 2);
      }
      before = after;
    }
  }

  /** By how much the wall clock has moved against the monotonic one since an earlier look. */
  long movedSince(Look earlier) {
    return wallMillis
        - earlier.wallMillis
        - Nanos.toMillis(monotonicNanos - earlier.monotonicNanos);
  }

  /**
   * Whether the wall clock has gone on since an earlier look, and has not been set. Slewing moves
   * both clocks alike on Linux, so what is left is a step.
   */
  boolean isSteadySince(Look earlier) {
    return Math.abs(movedSince(earlier))
        <= Tolerance.after(monotonicNanos - earlier.monotonicNanos);
  }
}
