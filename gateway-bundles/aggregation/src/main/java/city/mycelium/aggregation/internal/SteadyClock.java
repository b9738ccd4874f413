package city.mycelium.aggregation.internal;

import city.mycelium.api.time.Clock;
import java.time.Duration;

/**
 * Watches whether the wall clock goes on as the monotonic one does. What cannot be undone waits
 * until it has done so for a while: a leap is often taken back. Must be looked at often; owned by
 * one Scheduler.
 */
final class SteadyClock {

  /** More than any honest correction between two looks. */
  private static final long LEAP_MILLIS = 5_000;

  private final Clock clock;
  private long wallAheadMillis;
  private long steadySinceNanos;

  SteadyClock(Clock clock) {
    this.clock = clock;
    wallAheadMillis = wallAhead();
    steadySinceNanos = clock.monotonicNanos();
  }

  private long wallAhead() {
    return clock.epochMillis() - clock.monotonicNanos() / 1_000_000;
  }

  /** For how long the wall clock has not leapt, as far as this run of the gateway knows. */
  Duration steadyFor() {
    long now = wallAhead();
    if (Math.abs(now - wallAheadMillis) > LEAP_MILLIS) {
      steadySinceNanos = clock.monotonicNanos();
    }
    wallAheadMillis = now;
    return Duration.ofNanos(clock.monotonicNanos() - steadySinceNanos);
  }
}
