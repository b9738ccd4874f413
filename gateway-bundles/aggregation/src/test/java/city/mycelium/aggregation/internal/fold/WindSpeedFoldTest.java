package city.mycelium.aggregation.internal.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Statistic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class WindSpeedFoldTest extends FoldContract {

  @Override
  FoldFamily family() {
    return WindSpeedFamily.ofMeans(Duration.ofSeconds(1));
  }

  @Override
  Arbitrary<Result> results() {
    return Arbitraries.doubles().between(0, 60).ofScale(2).map(Result.Measurement::new);
  }

  private static Map<Statistic, Double> every(
      long millis, FoldFamily family, double... metresPerSecond) {
    Fold fold = family.begin();
    for (int i = 0; i < metresPerSecond.length; i++) {
      fold.add(HOUR.from() + i * millis, new Result.Measurement(metresPerSecond[i]));
    }
    return fold.statistics(HOUR, null);
  }

  @Test
  void theMeanIsThatOfTheSpeeds() {
    assertThat(every(1_000, family(), 2, 3, 7))
        .containsEntry(Statistic.MEAN, 4.0)
        .containsEntry(Statistic.MIN, 2.0)
        .containsEntry(Statistic.MAX, 7.0);
  }

  @Test
  void theGustIsTheGreatestMeanOfThreeSeconds() {
    // 3 s means: 4, 6, 8, 7, 5
    assertThat(every(1_000, family(), 3, 3, 6, 9, 9, 3, 3)).containsEntry(Statistic.GUST, 8.0);
  }

  @Test
  void atFourResultsASecondItIsAMeanOfTwelve() {
    double[] speeds = new double[20];
    speeds[10] = 24; // a quarter of a second, a twelfth of a gust

    assertThat(every(250, WindSpeedFamily.ofMeans(Duration.ofMillis(250)), speeds))
        .containsEntry(Statistic.GUST, 2.0)
        .containsEntry(Statistic.MAX, 24.0);
  }

  @Test
  void twoSecondsWithAResultMissingAreNoGust() {
    Fold fold = family().begin();
    fold.add(HOUR.from(), new Result.Measurement(30));
    fold.add(HOUR.from() + 2_000, new Result.Measurement(30));
    fold.add(HOUR.from() + 3_000, new Result.Measurement(30));
    assertThat(fold.statistics(HOUR, null)).doesNotContainKey(Statistic.GUST);

    fold.add(HOUR.from() + 1_000, new Result.Measurement(30));
    assertThat(fold.statistics(HOUR, null)).containsEntry(Statistic.GUST, 30.0);
  }

  @Test
  void aSensorOfThreeSecondsTellsGustsItself() {
    assertThat(every(3_000, WindSpeedFamily.ofMeans(Duration.ofSeconds(3)), 4, 9, 5))
        .containsEntry(Statistic.GUST, 9.0);
    assertThat(every(600_000, WindSpeedFamily.ofGusts(), 4, 9, 5))
        .containsEntry(Statistic.GUST, 9.0);
  }

  @Test
  void meansOfAMinuteAreNoGusts() {
    assertThat(every(60_000, WindSpeedFamily.ofMeans(Duration.ofMinutes(1)), 4, 9, 5))
        .containsEntry(Statistic.MAX, 9.0)
        .doesNotContainKey(Statistic.GUST);
    assertThat(every(60_000, WindSpeedFamily.ofMeans(null), 4, 9, 5))
        .doesNotContainKey(Statistic.GUST);
  }

  @Test
  void aPeriodThatDoesNotDivideThreeSecondsNeedsOneResultMore() {
    assertThat(WindSpeedFamily.ofMeans(Duration.ofSeconds(2)).resultsPerGust()).isEqualTo(2);
    assertThat(WindSpeedFamily.ofMeans(Duration.ofMillis(1_500)).resultsPerGust()).isEqualTo(2);
    assertThat(WindSpeedFamily.ofMeans(Duration.ofMillis(700)).resultsPerGust()).isEqualTo(5);
  }

  @Test
  void fewerThanNoResultsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WindSpeedFamily(-1))
        .withMessageContaining("not -1");
  }

  @Test
  void onlyMeansOfThreeSecondsNeedTheResultsThemselves() {
    Fold fold = WindSpeedFamily.ofMeans(Duration.ofMinutes(1)).begin();
    for (int i = 0; i < 10_000; i++) {
      fold.add(HOUR.from() + i, new Result.Measurement(i % 10));
    }

    assertThat(fold.toBytes()).hasSizeLessThan(60);
  }

  @Test
  void noWindBlowsBackwards() {
    Fold fold = family().begin();

    assertThat(fold.accepts(new Result.Measurement(0))).isTrue();
    assertThat(fold.accepts(new Result.Measurement(-0.1))).isFalse();
    assertThat(fold.accepts(new Result.Truth(true))).isFalse();
  }

  /** Close together, so that there are gusts at all. */
  @Provide
  Arbitrary<List<Said>> aMinute() {
    return Combinators.combine(
            Arbitraries.longs().between(0, 60).map(s -> HOUR.from() + s * 500), results())
        .as(Said::new)
        .list()
        .ofMaxSize(40);
  }

  /** Every three seconds that end with a result, looked for among all. */
  @Property(tries = 200)
  void theGustIsWhatLookingAtAllThreeSecondsGives(@ForAll("aMinute") List<Said> said) {
    double greatest = Double.NaN;
    for (Said last : said) {
      List<Double> three =
          said.stream()
              .filter(s -> s.time() <= last.time() && s.time() > last.time() - 3_000)
              .map(s -> ((Result.Measurement) s.result()).value())
              .toList();
      if (three.size() >= 3) {
        double mean = three.stream().mapToDouble(Double::doubleValue).sum() / three.size();
        greatest = Double.isNaN(greatest) ? mean : Math.max(greatest, mean);
      }
    }

    Double gust = fold(said).statistics(HOUR, null).get(Statistic.GUST);

    if (Double.isNaN(greatest)) {
      assertThat(gust).isNull();
    } else {
      assertThat(gust).isEqualTo(greatest, within(1e-9));
    }
  }

  @Property(tries = 200)
  void theMeanIsWhatAPlainRecomputationGives(@ForAll("anHour") List<Said> said) {
    said.stream()
        .mapToDouble(s -> ((Result.Measurement) s.result()).value())
        .average()
        .ifPresent(
            mean ->
                assertThat(fold(said).statistics(HOUR, null).get(Statistic.MEAN))
                    .isEqualTo(mean, within(1e-9)));
  }
}
