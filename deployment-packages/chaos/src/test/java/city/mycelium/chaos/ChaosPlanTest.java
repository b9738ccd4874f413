package city.mycelium.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChaosPlanTest {

  private static final Map<Fault, Integer> COUNTS =
      Map.of(Fault.KILL, 40, Fault.BROKER_STOP, 10, Fault.RESET, 5, Fault.CLOCK_LEAP, 10);

  /** Who finds a fault gives the seed, and everybody sees the same. */
  @Test
  void theSameSeedMakesTheSamePlanAndAnotherSeedAnother() {
    assertThat(ChaosPlan.of(COUNTS, 7)).isEqualTo(ChaosPlan.of(COUNTS, 7));
    assertThat(ChaosPlan.of(COUNTS, 7).steps()).isNotEqualTo(ChaosPlan.of(COUNTS, 8).steps());
  }

  @Test
  void everyFaultHappensAsOftenAsItWasAskedFor() {
    ChaosPlan plan = ChaosPlan.of(COUNTS, 7);

    COUNTS.forEach(
        (fault, count) ->
            assertThat(happens(plan, fault)).as(fault.option()).isEqualTo(count.longValue()));
    assertThat(happens(plan, Fault.DAMAGE)).isZero();
  }

  @Test
  void someKillsFallIntoTheMiddleOfWhatLasts() {
    ChaosPlan plan = ChaosPlan.of(COUNTS, 7);

    assertThat(plan.steps()).anyMatch(Step::andKill).anyMatch(step -> step.fault() == Fault.KILL);
    assertThat(plan.steps())
        .filteredOn(Step::andKill)
        .allMatch(step -> step.lasts().compareTo(Duration.ZERO) > 0);
  }

  @Test
  void whereNobodyIsToBeKilledNobodyIs() {
    assertThat(ChaosPlan.of(Map.of(Fault.BROKER_STOP, 20), 7).steps()).noneMatch(Step::andKill);
  }

  private static long happens(ChaosPlan plan, Fault fault) {
    long alone = plan.steps().stream().filter(step -> step.fault() == fault).count();
    long within = plan.steps().stream().filter(Step::andKill).count();
    return fault == Fault.KILL ? alone + within : alone;
  }
}
