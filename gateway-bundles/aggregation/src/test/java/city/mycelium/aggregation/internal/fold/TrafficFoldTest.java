package city.mycelium.aggregation.internal.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Statistic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TrafficFoldTest extends FoldContract {

  @Override
  FoldFamily family() {
    return new TrafficFamily(Duration.ofMinutes(1));
  }

  @Override
  Arbitrary<Result> results() {
    return Arbitraries.integers().between(0, 200).map(Result.Measurement::new);
  }

  private static Map<Statistic, Double> minutes(FoldFamily family, double... passages) {
    Fold fold = family.begin();
    for (int i = 0; i < passages.length; i++) {
      fold.add(HOUR.from() + i * 60_000L, new Result.Measurement(passages[i]));
    }
    return fold.statistics(HOUR, null);
  }

  @Test
  void aMinuteIsAnIntensityOfSixtyTimesItsCount() {
    assertThat(minutes(family(), 7))
        .isEqualTo(Map.of(Statistic.SUM, 7.0, Statistic.MINUTES, 1.0, Statistic.PER_HOUR, 420.0));
  }

  @Test
  void minutesThatAreMissingAreLeftOutAndNotTakenForNothing() {
    // Three minutes of an hour: intensities of 600, 1200 and 0, whose mean is 600.
    assertThat(minutes(family(), 10, 20, 0))
        .containsEntry(Statistic.SUM, 30.0)
        .containsEntry(Statistic.MINUTES, 3.0)
        .containsEntry(Statistic.PER_HOUR, 600.0);
  }

  @Test
  void aDetectorOfAnotherPeriodCountsItsMinutes() {
    assertThat(minutes(new TrafficFamily(Duration.ofMinutes(5)), 10, 20))
        .containsEntry(Statistic.MINUTES, 10.0)
        .containsEntry(Statistic.PER_HOUR, 180.0);
    assertThat(minutes(new TrafficFamily(Duration.ofSeconds(30)), 10, 20))
        .containsEntry(Statistic.MINUTES, 1.0)
        .containsEntry(Statistic.PER_HOUR, 1800.0);
  }

  @Test
  void withoutAPeriodThereIsNoRate() {
    assertThat(minutes(new TrafficFamily(null), 10, 20)).isEqualTo(Map.of(Statistic.SUM, 30.0));
  }

  @Test
  void lessThanNothingDoesNotPass() {
    Fold fold = family().begin();

    assertThat(fold.accepts(new Result.Measurement(0))).isTrue();
    assertThat(fold.accepts(new Result.Measurement(-1))).isFalse();
    assertThat(fold.accepts(new Result.Counter(1))).isFalse();
  }

  @Test
  void aPeriodTakesTime() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrafficFamily(Duration.ofNanos(1)))
        .withMessageContaining("PT0.000000001S");
  }

  /** NDW's rule for day totals: the mean intensity of the minutes that are there, times 24. */
  @Property(tries = 200)
  void aDayTotalByTheRuleOfNdwIsTwentyFourTimesTheRate(@ForAll("anHour") List<Said> said) {
    if (said.isEmpty()) {
      return;
    }
    long intensities = 0;
    for (Said one : said) {
      intensities += (long) ((Result.Measurement) one.result()).value() * 60;
    }

    double perHour = fold(said).statistics(HOUR, null).get(Statistic.PER_HOUR);

    assertThat(perHour).isEqualTo((double) intensities / said.size());
  }
}
