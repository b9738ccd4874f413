package city.mycelium.aggregation.internal.fold;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Statistic;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.junit.jupiter.api.Test;

class VehicleSpeedTest extends FoldContract {

  private final PairedFamily family = new PairedFamily(new VehicleSpeed());
  private final Paired fold = family.begin();

  @Override
  FoldFamily family() {
    return family;
  }

  @Override
  Arbitrary<Result> results() {
    return Arbitraries.doubles().between(0, 250).ofScale(1).map(Result.Measurement::new);
  }

  private void minute(int minute, double speed, double vehicles) {
    fold.add(HOUR.from() + minute * 60_000L, new Result.Measurement(speed));
    fold.accompany(HOUR.from() + minute * 60_000L, new Result.Measurement(vehicles));
  }

  @Test
  void aMinuteOfManyVehiclesWeighsMore() {
    minute(0, 100, 1);
    minute(1, 50, 9);

    assertThat(fold.statistics(HOUR, null))
        .isEqualTo(
            Map.of(
                Statistic.MIN, 50.0,
                Statistic.MEAN, 75.0,
                Statistic.MAX, 100.0,
                Statistic.WEIGHTED_MEAN, 55.0,
                Statistic.PAIRS, 2.0));
  }

  @Test
  void withoutCountsOnlyTheMinutesAreKnown() {
    fold.add(HOUR.from(), new Result.Measurement(80));

    assertThat(fold.statistics(HOUR, null))
        .isEqualTo(Map.of(Statistic.MIN, 80.0, Statistic.MEAN, 80.0, Statistic.MAX, 80.0));
  }

  @Test
  void whereNobodyDroveThereIsNoMeanOfVehicles() {
    minute(0, 0, 0);

    assertThat(fold.statistics(HOUR, null))
        .containsEntry(Statistic.PAIRS, 1.0)
        .doesNotContainKey(Statistic.WEIGHTED_MEAN);
  }

  @Test
  void noVehicleDrivesOrCountsLessThanNothing() {
    assertThat(fold.accepts(new Result.Measurement(0))).isTrue();
    assertThat(fold.accepts(new Result.Measurement(-1))).isFalse();
    assertThat(fold.acceptsCompanion(new Result.Measurement(0))).isTrue();
    assertThat(fold.acceptsCompanion(new Result.Measurement(-1))).isFalse();
  }
}
