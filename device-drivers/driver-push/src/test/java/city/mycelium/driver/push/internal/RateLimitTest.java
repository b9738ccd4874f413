package city.mycelium.driver.push.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.testkit.LeapingClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest {

  private final LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");
  private final RateLimit limit = new RateLimit(60, clock);

  private int passing(String name, int knocks) {
    int passed = 0;
    for (int i = 0; i < knocks; i++) {
      passed += limit.spend(name).isEmpty() ? 1 : 0;
    }
    return passed;
  }

  @Test
  void letsABurstPassAndThenOneAtATime() {
    assertThat(passing("a", 100)).isEqualTo(60);
    clock.leap(Duration.ofSeconds(3));
    assertThat(passing("a", 100)).isEqualTo(3);
  }

  @Test
  void neverSavesUpMoreThanAMinute() {
    clock.leap(Duration.ofDays(1));
    assertThat(passing("a", 100)).isEqualTo(60);
  }

  @Test
  void saysHowLongToWaitAndMeansIt() {
    passing("a", 60);
    Duration wait = limit.spend("a").orElseThrow();
    assertThat(wait).isEqualTo(Duration.ofSeconds(1));
    clock.leap(wait);
    assertThat(limit.spend("a")).isEmpty();
  }

  @Test
  void keepsNamesApart() {
    passing("a", 100);
    assertThat(limit.spend("b")).isEmpty();
  }

  @Test
  void makesACostlyKnockCostMore() {
    for (int i = 0; i < 6; i++) {
      assertThat(limit.spend("a", 10)).isEmpty();
    }
    assertThat(limit.spend("a", 10)).isPresent();
  }

  @Test
  void doesNotCareAboutTheWallClock() {
    passing("a", 100);
    clock.setWall("2031-01-01T00:00:00Z");
    assertThat(limit.spend("a")).isPresent();
  }

  @Test
  void forgetsTheQuietestWhenThereAreTooMany() {
    passing("busy", 100);
    for (int i = 0; i < 20_000; i++) {
      limit.spend("name" + i);
      limit.spend("busy");
    }
    assertThat(limit.spend("busy")).isPresent();
    assertThat(limit.spend("name0")).isEmpty();
  }
}
