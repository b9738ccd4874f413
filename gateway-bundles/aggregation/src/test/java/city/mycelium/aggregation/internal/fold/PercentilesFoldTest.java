package city.mycelium.aggregation.internal.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import city.mycelium.api.observation.Result.Measurement;
import city.mycelium.api.observation.Statistic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PercentilesFoldTest {

  private static final Span HOUR = new Span(0, 3_600_000);
  private static final PercentilesFamily FAMILY = new PercentilesFamily(List.of(1, 50, 95, 99));

  @Test
  void aPercentileIsOffByAtMostItsStatedError() {
    Random random = new Random(20261123);
    for (int round = 0; round < 200; round++) {
      double size = Math.pow(10, random.nextInt(8) - 3);
      List<Double> values = new ArrayList<>();
      for (int i = 0; i <= random.nextInt(2_000); i++) {
        values.add(random.nextGaussian() * size + (round % 3) * size);
      }
      Map<Statistic, Double> told = told(of(values));
      Collections.sort(values);
      for (int percent : FAMILY.percents()) {
        double exact = values.get((int) Math.ceil(values.size() * percent / 100.0) - 1);

        assertThat(told.get(Statistic.percentile(percent)))
            .isEqualTo(exact, within(Math.abs(exact) * Sketch.RELATIVE_ERROR + 0x1p-20));
      }
    }
  }

  @Test
  void ofOneResultEveryPercentileIsThatResult() {
    assertThat(told(of(List.of(21.55))).values()).containsOnly(21.55);
  }

  @Test
  void ofNothingThereIsNone() {
    assertThat(told(FAMILY.begin())).isEmpty();
  }

  @Test
  void theOrderMakesNoDifferenceAndPartsTellWhatTheWholeTells() {
    Random random = new Random(20261123);
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      values.add(random.nextGaussian() * Math.pow(10, random.nextInt(6)));
    }
    Fold whole = of(values);
    Collections.shuffle(values, random);
    Fold merged = of(values.subList(0, 700));
    merged.merge(of(values.subList(700, 2_000)));

    assertThat(merged.toBytes()).isEqualTo(whole.toBytes());
    assertThat(told(merged)).isEqualTo(told(whole));
  }

  @Test
  void itComesBackFromItsBytesAsItWas() {
    Fold fold = of(List.of(-3.5, -1e300, 0.0, -0.0, Double.MIN_VALUE, 7.25, 7.26, 1e300));
    Fold back = FAMILY.read(fold.toBytes());

    assertThat(back.toBytes()).isEqualTo(fold.toBytes());
    assertThat(back.count()).isEqualTo(8);
    assertThat(told(back)).isEqualTo(told(fold));
  }

  // Whatever comes, so that no sender can fill the memory or the card.
  @Test
  void itsSizeIsBounded() {
    Random random = new Random(20261123);
    Sketch sketch = new Sketch();
    for (int i = 0; i < 500_000; i++) {
      sketch.add(Double.longBitsToDouble(random.nextLong()));
      sketch.add(Math.scalb(random.nextDouble() - 0.5, random.nextInt(60) - 25));
    }

    assertThat(sketch.toBytes().length).isLessThan(4 * Sketch.MOST_BINS);
  }

  // An hour at 1 Hz of fine dust that goes up and down: what decision 0060 states.
  @Test
  void anHourTakesSomeHundredBytes() {
    Random random = new Random(42);
    Sketch sketch = new Sketch();
    double value = 12;
    for (int i = 0; i < 3_600; i++) {
      value = Math.max(0.5, value + (random.nextInt(11) - 5) / 100.0);
      sketch.add(value);
    }

    assertThat(sketch.toBytes().length).isBetween(50, 500);
  }

  @Test
  void aTornOneIsRefused() {
    byte[] whole = of(List.of(0.1, 2.5)).toBytes();
    for (int length = 0; length < whole.length; length++) {
      byte[] torn = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> FAMILY.read(torn)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(FAMILY.read(whole).count()).isEqualTo(2);
  }

  // A few random bytes may happen to be a sketch; anything else is refused in an ordinary way.
  @Test
  void garbageIsRefusedWithAnOrdinaryExceptionOrIsASketch() {
    Random random = new Random(20261123);
    int refused = 0;
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      try {
        assertThat(FAMILY.read(bytes).count()).isNotNegative();
      } catch (IllegalArgumentException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(9_000);
  }

  private static Map<Statistic, Double> told(Fold fold) {
    return fold.statistics(HOUR, null);
  }

  private static Fold of(List<Double> values) {
    Fold fold = FAMILY.begin();
    values.forEach(value -> fold.add(0, new Measurement(value)));
    return fold;
  }
}
