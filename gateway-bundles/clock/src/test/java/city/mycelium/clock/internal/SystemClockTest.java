package city.mycelium.clock.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SystemClockTest {

  private final SystemClock clock = new SystemClock();

  // Milliseconds, not seconds or nanoseconds: the wrong one is off by a factor of a thousand.
  @Test
  void wallTimeIsEpochMilliseconds() {
    assertThat(Instant.ofEpochMilli(clock.epochMillis()))
        .isBetween(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2200-01-01T00:00:00Z"));
  }

  @Test
  void monotonicTimeNeverGoesBack() {
    long last = clock.monotonicNanos();
    for (int i = 0; i < 100_000; i++) {
      long now = clock.monotonicNanos();
      assertThat(now - last).isNotNegative();
      last = now;
    }
  }
}
