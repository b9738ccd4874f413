package city.mycelium.aggregation.internal.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.observation.Result.Category;
import city.mycelium.api.observation.Result.Measurement;
import city.mycelium.api.observation.Statistic;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NumbersFoldTest {

  private static final MathContext MANY_DIGITS = new MathContext(800);
  private static final Span MINUTE = new Span(0, 60_000);
  private static final NumbersFamily ALL = new NumbersFamily(NumbersFamily.STATISTICS);

  @Test
  void itTellsMeanMinMaxSumAndStandardDeviation() {
    // The deviations from 3 are 0, -4 and 4: 32 / 2 = 16.
    assertThat(told(of(List.of(3.0, -1.0, 7.0))))
        .isEqualTo(
            Map.of(
                Statistic.MEAN, 3.0,
                Statistic.MIN, -1.0,
                Statistic.MAX, 7.0,
                Statistic.SUM, 9.0,
                Statistic.SD, 4.0));
  }

  @Test
  void itTellsNothingOfNothing() {
    assertThat(told(ALL.begin())).isEmpty();
  }

  @Test
  void ofOneResultThereIsNoDeviation() {
    assertThat(told(of(List.of(3.0)))).doesNotContainKey(Statistic.SD).containsKey(Statistic.MEAN);
  }

  @Test
  void itTellsOnlyWhatIsWanted() {
    Fold fold = new NumbersFamily(Set.of(Statistic.SUM, Statistic.SD)).begin();
    fold.add(0, new Measurement(1));
    fold.add(0, new Measurement(1));

    assertThat(told(fold)).isEqualTo(Map.of(Statistic.SUM, 2.0, Statistic.SD, 0.0));
    assertThatThrownBy(() -> new NumbersFamily(Set.of(Statistic.LAEQ)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void itTakesNumbersOnly() {
    assertThat(ALL.begin().accepts(new Measurement(1))).isTrue();
    assertThat(ALL.begin().accepts(new Category("free"))).isFalse();
  }

  // Plainly added in doubles, 0.1 a thousand times is 99.9999999999986.
  @Test
  void aTenthAddedManyTimesHasAMeanOfATenth() {
    Map<Statistic, Double> told = told(of(Collections.nCopies(1_000, 0.1)));

    assertThat(told).containsEntry(Statistic.MEAN, 0.1).containsEntry(Statistic.SD, 0.0);
  }

  // Plainly computed in doubles, the squares swallow the differences: the deviation comes to 0.
  @Test
  void smallDifferencesOfLargeNumbersAreSeen() {
    assertThat(told(of(List.of(1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16))))
        .containsEntry(Statistic.SD, Math.sqrt(30));
  }

  @Test
  void theOrderMakesNoDifference() {
    Random random = new Random(20261123);
    List<Double> values = fromTheSmallestToTheLargest(random);
    Map<Statistic, Double> first = told(of(values));
    for (int i = 0; i < 50; i++) {
      Collections.shuffle(values, random);

      assertThat(told(of(values))).isEqualTo(first);
    }
  }

  @Test
  void partsThatAreMergedTellWhatTheWholeTells() {
    Random random = new Random(20261123);
    for (int round = 0; round < 50; round++) {
      List<Double> values = fromTheSmallestToTheLargest(random);
      Collections.shuffle(values, random);
      Fold merged = ALL.begin();
      int from = 0;
      while (from < values.size()) {
        int to = Math.min(values.size(), from + random.nextInt(60));
        Fold part = of(values.subList(from, to));
        byte[] asItWas = part.toBytes();
        merged.merge(part);
        assertThat(part.toBytes()).isEqualTo(asItWas);
        from = to;
      }

      assertThat(merged.toBytes()).isEqualTo(of(values).toBytes());
      assertThat(told(merged)).isEqualTo(told(of(values)));
    }
  }

  // Against decimal fractions of 800 digits, down to the last bit.
  @Test
  void everythingIsExactAndRoundedOnce() {
    Random random = new Random(20261123);
    for (int round = 0; round < 500; round++) {
      List<Double> values = new ArrayList<>();
      BigDecimal sum = BigDecimal.ZERO;
      BigDecimal squares = BigDecimal.ZERO;
      double size = Math.pow(10, random.nextInt(40) - 20);
      for (int i = 0; i < 2 + random.nextInt(50); i++) {
        double value =
            round % 2 == 0
                ? Math.round(random.nextGaussian() * 1_000) / 100.0
                : random.nextGaussian() * size;
        values.add(value);
        BigDecimal exact = new BigDecimal(value);
        sum = sum.add(exact);
        squares = squares.add(exact.multiply(exact));
      }
      BigDecimal n = BigDecimal.valueOf(values.size());
      BigDecimal variance =
          squares
              .multiply(n)
              .subtract(sum.multiply(sum))
              .divide(n.multiply(n.subtract(BigDecimal.ONE)), MANY_DIGITS);

      assertThat(told(of(values)))
          .containsEntry(Statistic.SUM, sum.doubleValue())
          .containsEntry(Statistic.MEAN, sum.divide(n, MANY_DIGITS).doubleValue())
          .containsEntry(Statistic.SD, variance.sqrt(MANY_DIGITS).doubleValue());
    }
  }

  // Just between two doubles: a quotient that was cut short would fall to the wrong side of it.
  @Test
  void aMeanBetweenTwoDoublesIsRoundedToTheEvenOne() {
    double even = 1.0;
    double odd = Math.nextUp(even);
    double nextEven = Math.nextUp(odd);

    assertThat(told(of(List.of(even, odd)))).containsEntry(Statistic.MEAN, even);
    assertThat(told(of(List.of(odd, nextEven)))).containsEntry(Statistic.MEAN, nextEven);
  }

  @Test
  void atBothEndsOfAllNumbersItIsRoundedOnceToo() {
    assertThat(told(of(List.of(Double.MAX_VALUE, Double.MAX_VALUE))))
        .containsEntry(Statistic.MEAN, Double.MAX_VALUE)
        .as("a sum that no double can say is not told")
        .doesNotContainKey(Statistic.SUM);
    assertThat(told(of(List.of(Double.MIN_VALUE, 2 * Double.MIN_VALUE))))
        .as("just between two of the smallest")
        .containsEntry(Statistic.MEAN, 2 * Double.MIN_VALUE);
    assertThat(told(of(List.of(Double.MIN_VALUE, Double.MIN_VALUE, 0.0, 0.0, 0.0))))
        .containsEntry(Statistic.MEAN, 0.0);
  }

  @Test
  void itComesBackFromItsBytesAsItWas() {
    Fold fold = of(List.of(0.1, -1e300, Double.MIN_VALUE));
    Fold back = ALL.read(fold.toBytes());
    back.add(0, new Measurement(0.2));
    fold.add(0, new Measurement(0.2));

    assertThat(back.toBytes()).isEqualTo(fold.toBytes());
    assertThat(told(back)).isEqualTo(told(fold));
    assertThat(back.count()).isEqualTo(4);
  }

  // Somebody asks for it in the middle of a window: half a deviation would be a wrong one.
  @Test
  void aDeviationThatWasNotAskedForFromTheBeginningIsNotTold() {
    Fold begun = new NumbersFamily(Set.of(Statistic.MEAN)).begin();
    begun.add(0, new Measurement(1));
    Fold fold = ALL.read(begun.toBytes());
    fold.add(0, new Measurement(2));
    fold.add(0, new Measurement(3));

    assertThat(told(fold)).containsEntry(Statistic.MEAN, 2.0).doesNotContainKey(Statistic.SD);
  }

  @Test
  void garbageIsRefusedWithAnOrdinaryException() {
    Random random = new Random(20261123);
    byte[] whole = of(List.of(0.1, 2.5)).toBytes();
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
      if (i % 2 == 0) {
        random.nextBytes(bytes);
      }
      try {
        ALL.read(bytes).statistics(MINUTE, null);
      } catch (IllegalArgumentException refused) {
        assertThat(refused).hasMessageNotContaining("null");
      }
    }
    assertThatThrownBy(() -> ALL.read(new byte[0])).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ALL.read(Arrays.copyOf(whole, whole.length - 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<Double> fromTheSmallestToTheLargest(Random random) {
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      // Sums of doubles would depend on the order at once.
      values.add((random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(600) - 300));
    }
    values.addAll(List.of(-0.0, 0.0, Double.MIN_VALUE, 1e308, -1e308, 1e308));
    return values;
  }

  private static Map<Statistic, Double> told(Fold fold) {
    return fold.statistics(MINUTE, null);
  }

  private static Fold of(List<Double> values) {
    Fold fold = ALL.begin();
    values.forEach(value -> fold.add(0, new Measurement(value)));
    return fold;
  }
}
