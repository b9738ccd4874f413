package city.mycelium.testkit;

import city.mycelium.api.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that stands still until it is told to leap. Wall time and monotonic time leap apart from
 * each other, as they do on a gateway whose wall clock is set. Safe for use by many threads.
 */
public final class LeapingClock implements Clock {

  private final AtomicLong epochMillis;
  private final AtomicLong monotonicNanos = new AtomicLong();

  private LeapingClock(long epochMillis) {
    this.epochMillis = new AtomicLong(epochMillis);
  }

  /** Stands at an ISO 8601 instant such as {@code 2026-11-23T12:00:00Z}. */
  public static LeapingClock at(String instant) {
    return new LeapingClock(Instant.parse(instant).toEpochMilli());
  }

  @Override
  public long epochMillis() {
    return epochMillis.get();
  }

  @Override
  public long monotonicNanos() {
    return monotonicNanos.get();
  }

  /** Time passes: both clocks go forward together. */
  public void leap(Duration forward) {
    if (forward.isNegative()) {
      throw new IllegalArgumentException(
          "time passes forwards; use setWall to turn the wall clock back");
    }
    epochMillis.addAndGet(forward.toMillis());
    monotonicNanos.addAndGet(forward.toNanos());
  }

  /** Somebody sets the wall clock, in either direction; no time passes. */
  public void setWall(String instant) {
    epochMillis.set(Instant.parse(instant).toEpochMilli());
  }
}
