package city.mycelium.aggregation.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.testkit.LeapingClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SteadyClockTest {

  private final LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");
  private final SteadyClock steady = new SteadyClock(clock);

  @Test
  void aClockThatGoesOnIsSteadySinceTheStart() {
    assertThat(steady.steadyFor()).isZero();
    clock.leap(Duration.ofHours(3));

    assertThat(steady.steadyFor()).isEqualTo(Duration.ofHours(3));
  }

  @Test
  void aLeapInEitherDirectionBeginsTheCountAnew() {
    clock.leap(Duration.ofHours(3));
    clock.setWall("2027-11-23T12:00:00Z");
    assertThat(steady.steadyFor()).isZero();

    clock.leap(Duration.ofMinutes(5));
    assertThat(steady.steadyFor()).isEqualTo(Duration.ofMinutes(5));
    clock.setWall("2026-11-23T15:05:00Z");

    assertThat(steady.steadyFor()).isZero();
  }

  // NTP turns a clock by small steps, all day long.
  @Test
  void aClockThatIsCorrectedLittleByLittleIsSteady() {
    for (int i = 0; i < 100; i++) {
      clock.leap(Duration.ofSeconds(1));
      clock.setWall(Instant.ofEpochMilli(clock.epochMillis()).plusMillis(900).toString());
      steady.steadyFor();
    }

    assertThat(steady.steadyFor()).isEqualTo(Duration.ofSeconds(100));
  }
}
