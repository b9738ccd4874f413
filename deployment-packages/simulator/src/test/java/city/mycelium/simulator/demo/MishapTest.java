package city.mycelium.simulator.demo;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.simulator.demo.Mishap.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MishapTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void nothingGoesWrongUnlessAskedFor() {
    assertThat(Mishap.plan(MINUTE, Duration.ZERO, 0)).isEmpty();
  }

  @Test
  void theBrokerIsAwayInTheMiddle() {
    assertThat(Mishap.plan(MINUTE, Duration.ofSeconds(16), 0))
        .containsExactly(
            new Mishap(Duration.ofSeconds(22), Kind.BROKER_STOPS),
            new Mishap(Duration.ofSeconds(38), Kind.BROKER_RETURNS));
  }

  /** The backlog must survive the process that holds it. */
  @Test
  void theFirstKillFallsIntoTheOutage() {
    assertThat(Mishap.plan(MINUTE, Duration.ofSeconds(16), 1))
        .extracting(Mishap::kind)
        .containsExactly(Kind.BROKER_STOPS, Kind.GATEWAY_KILLED, Kind.BROKER_RETURNS);
  }

  @Test
  void killsAreSpreadAndLeaveTheBeginningAndTheEndAlone() {
    List<Mishap> plan = Mishap.plan(MINUTE, Duration.ZERO, 8);

    assertThat(plan).hasSize(8).isSortedAccordingTo(java.util.Comparator.comparing(Mishap::at));
    assertThat(plan)
        .allSatisfy(
            m -> assertThat(m.at()).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(51)));
    for (int i = 1; i < plan.size(); i++) {
      assertThat(plan.get(i).at().minus(plan.get(i - 1).at())).isGreaterThan(Duration.ofSeconds(2));
    }
  }
}
