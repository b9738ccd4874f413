package city.mycelium.clock.internal;

/**
 * A moment at which somebody vouched for the time: from here the monotonic clock tells the time of
 * every other moment of the same start of the machine.
 *
 * @param source who vouched
 * @param look the clocks of the machine at that moment
 * @param epochMillis the time it was, UTC; differs from the wall clock's where that is wrong
 * @param uncertaintyMillis how far off that may be
 */
record Anchor(String source, Look look, long epochMillis, long uncertaintyMillis) {

  /** The time of a moment, by the monotonic clock alone. */
  long at(long monotonicNanos) {
    return epochMillis + Nanos.toMillis(monotonicNanos - look.monotonicNanos());
  }

  /** How far off {@link #at} may be. */
  long uncertaintyAt(long monotonicNanos) {
    return uncertaintyMillis + Tolerance.drift(monotonicNanos - look.monotonicNanos());
  }

  /** What must be added to the wall clock. */
  long wallErrorMillis() {
    return epochMillis - look.wallMillis();
  }

  /** Whether the two tell the same time, as far as either of them knows. */
  boolean agreesWith(Anchor other) {
    long nanos = look.monotonicNanos();
    return Math.abs(epochMillis - other.at(nanos))
        <= Tolerance.STEP_MILLIS + uncertaintyMillis + other.uncertaintyAt(nanos);
  }
}
