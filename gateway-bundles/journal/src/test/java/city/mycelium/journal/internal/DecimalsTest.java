package city.mycelium.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DecimalsTest {

  @Test
  void aValueGetsTheSmallestScaleThatGivesItBack() {
    assertThat(Decimals.scaleOf(21, 0)).isZero();
    assertThat(Decimals.scaleOf(21.5, 0)).isEqualTo(1);
    assertThat(Decimals.scaleOf(-21.55, 0)).isEqualTo(2);
    assertThat(Decimals.scaleOf(0.0001, 0)).isEqualTo(4);
  }

  // 21.50 between 21.49 and 21.51: one scale keeps the differences at one.
  @Test
  void theScaleOfTheNeighbourIsPreferredWhereItFits() {
    assertThat(Decimals.scaleOf(21.5, 2)).isEqualTo(2);
    assertThat(Decimals.scaleOf(21.555, 2)).isEqualTo(3);
    assertThat(Decimals.scaleOf(21.5, Decimals.RAW)).isEqualTo(1);
  }

  @Test
  void whatIsNoShortDecimalStaysRaw() {
    assertThat(Decimals.scaleOf(-0.0, 0)).isEqualTo(Decimals.RAW);
    assertThat(Decimals.scaleOf(0.1 + 0.2, 0)).isEqualTo(Decimals.RAW);
    assertThat(Decimals.scaleOf(0.00001, 0)).isEqualTo(Decimals.RAW);
    assertThat(Decimals.scaleOf(1e300, 0)).isEqualTo(Decimals.RAW);
    assertThat(Decimals.scaleOf(Double.MIN_VALUE, 0)).isEqualTo(Decimals.RAW);
    // The control: its positive twin is a whole number.
    assertThat(Decimals.scaleOf(0.0, 0)).isZero();
  }

  @Test
  void everyReadingOfTwoDecimalsFits() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      long hundredths = random.nextInt() * 1_000L + random.nextInt(1_000);
      double value = hundredths / 100.0;

      assertThat(Decimals.scaleOf(value, 2)).isEqualTo(2);
      assertThat(Decimals.scale(value, 2)).isEqualTo(hundredths);
      assertThat(Decimals.unscale(hundredths, 2)).isEqualTo(value);
    }
  }
}
