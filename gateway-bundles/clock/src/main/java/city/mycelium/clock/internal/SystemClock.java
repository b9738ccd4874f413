package city.mycelium.clock.internal;

import city.mycelium.api.time.Clock;

/**
 * The two clocks of the machine, as they are. Safe for use by many threads.
 *
 * <p>On Linux {@link System#nanoTime} is {@code CLOCK_MONOTONIC}, which counts from the start of
 * the machine and not of this process (OpenJDK 17, {@code os_posix.cpp}, {@code
 * os::javaTimeNanos}); so a later process of the same start can go on from it. It stands still
 * while the machine sleeps.
 */
public final class SystemClock implements Clock {

  @Override
  public long epochMillis() {
    return System.currentTimeMillis();
  }

  @Override
  public long monotonicNanos() {
    return System.nanoTime();
  }
}
