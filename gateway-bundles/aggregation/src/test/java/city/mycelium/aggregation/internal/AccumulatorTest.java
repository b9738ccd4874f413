package city.mycelium.aggregation.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.observation.Result.Summary;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AccumulatorTest {

  @Test
  void theSummaryTellsCountMinMeanAndMax() {
    assertThat(of(List.of(3.0, -1.0, 7.0)).issue(60))
        .isEqualTo(new Summary(3, 60, -1.0, 3.0, 7.0, 1));
  }

  // Plainly added in doubles, 0.1 a thousand times is 99.9999999999986.
  @Test
  void aTenthAddedManyTimesHasAMeanOfATenth() {
    assertThat(of(Collections.nCopies(1_000, 0.1)).issue(0).mean()).isEqualTo(0.1);
  }

  // 0.1 + 0.2 is 0.30000000000000004, with all 17 digits that a double can have.
  @Test
  void aMeanHasAllTheDigitsOfADouble() {
    double value = 0.1 + 0.2;

    Summary summary = of(List.of(value, 0.0, 2 * value)).issue(0);

    assertThat(summary.mean()).isEqualTo(value);
  }

  @Test
  void theOrderMakesNoDifference() {
    Random random = new Random(20261123);
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      // From the smallest to the largest: sums of doubles would depend on the order at once.
      values.add((random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(600) - 300));
    }
    values.addAll(List.of(-0.0, 0.0, Double.MIN_VALUE, 1e308, -1e308, 1e308));
    Summary first = of(values).issue(0);
    for (int i = 0; i < 50; i++) {
      Collections.shuffle(values, random);

      assertThat(of(values).issue(0)).isEqualTo(first);
    }
  }

  @Test
  void theMeanIsThatOfAnExactSum() {
    Random random = new Random(20261123);
    for (int round = 0; round < 1_000; round++) {
      List<Double> values = new ArrayList<>();
      BigDecimal sum = BigDecimal.ZERO;
      for (int i = 0; i <= random.nextInt(50); i++) {
        double value = Math.round(random.nextGaussian() * 1_000) / 100.0;
        values.add(value);
        sum = sum.add(new BigDecimal(value));
      }
      double exact =
          sum.divide(BigDecimal.valueOf(values.size()), new MathContext(200)).doubleValue();

      Summary summary = of(values).issue(0);

      assertThat(summary.mean()).isEqualTo(Math.max(summary.min(), Math.min(summary.max(), exact)));
    }
  }

  // Just between two doubles: a quotient that was cut short would fall to the wrong side of it.
  @Test
  void aMeanBetweenTwoDoublesIsRoundedToTheEvenOne() {
    double even = 1.0;
    double odd = Math.nextUp(even);
    double nextEven = Math.nextUp(odd);

    assertThat(of(List.of(even, odd)).issue(0).mean()).isEqualTo(even);
    assertThat(of(List.of(odd, nextEven)).issue(0).mean()).isEqualTo(nextEven);
  }

  @Test
  void theLargestNumbersDoNotOverflow() {
    assertThat(of(List.of(Double.MAX_VALUE, Double.MAX_VALUE)).issue(0).mean())
        .isEqualTo(Double.MAX_VALUE);
  }

  @Test
  void everySummaryIsARevisionFurther() {
    Accumulator accumulator = of(List.of(1.0));
    assertThat(accumulator.issue(0).revision()).isEqualTo(1);
    accumulator.add(3.0);

    assertThat(accumulator.issue(0)).isEqualTo(new Summary(2, 0, 1, 2, 3, 2));
  }

  @Test
  void itComesBackFromItsBytesAsItWas() {
    Accumulator accumulator = of(List.of(0.1, -1e300, Double.MIN_VALUE));
    accumulator.issue(0);
    Accumulator back = Accumulator.fromBytes(accumulator.toBytes()).orElseThrow();
    back.add(0.2);
    accumulator.add(0.2);

    assertThat(back.toBytes()).isEqualTo(accumulator.toBytes());
    assertThat(back.issue(7)).isEqualTo(accumulator.issue(7));
  }

  // An older set of bundles, gone back to, may find what a newer one has written.
  @Test
  void theStateOfAnotherVersionIsNotRead() {
    byte[] bytes = of(List.of(0.1)).toBytes();
    bytes[0] = 2;

    assertThat(Accumulator.fromBytes(bytes)).isEmpty();
  }

  @Test
  void garbageNeverMakesReadingFail() {
    Random random = new Random(20261123);
    byte[] whole = of(List.of(0.1, 2.5)).toBytes();
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
      if (i % 2 == 0) {
        random.nextBytes(bytes);
      }

      assertThat(Accumulator.fromBytes(bytes)).isNotNull();
    }
    assertThat(Accumulator.fromBytes(new byte[0])).isEmpty();
    assertThat(Accumulator.fromBytes(Arrays.copyOf(whole, 33))).isEmpty();
    assertThat(Accumulator.fromBytes(whole)).isPresent();
  }

  private static Accumulator of(List<Double> values) {
    Accumulator accumulator = new Accumulator();
    values.forEach(accumulator::add);
    return accumulator;
  }
}
