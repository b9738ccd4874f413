package city.mycelium.driver.i2c.internal.chip.no2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By the equations of Alphasense AAN 803-04, calculated by hand. */
class CompensationTest {

  /** WEe 225, AEe 230, WEo 10, AEo -4 mV. */
  private static final Zeros ZEROS = new Zeros(225, 230, 10, -4);

  /**
   * WE 250, AE 240: 25 and 10 mV without the board's.
   *
   * <ul>
   *   <li>1 at 20 °C, nT 0.6: 25 - 0.6 * 10 = 19
   *   <li>1 at 50 °C, nT -1.5: 25 + 1.5 * 10 = 40
   *   <li>2 at 20 °C, kT 1.0: 25 - 1.0 * (10 / -4) * 10 = 50
   *   <li>2 at 30 °C, kT 0.7: 25 - 0.7 * -2.5 * 10 = 42.5
   *   <li>3 at 20 °C, k'T 1.0: 25 - (10 + 4) - 1.0 * 10 = 1
   *   <li>3 at 40 °C, k'T -0.1: 25 - 14 + 0.1 * 10 = 12
   *   <li>4 at 20 °C, k''T 0: 25 - 10 - 0 = 15
   *   <li>4 at -30 °C, k''T 7: 25 - 10 - 7 = 8
   * </ul>
   */
  @ParameterizedTest
  @CsvSource({
    "ONE, 20, 19",
    "ONE, 50, 40",
    "TWO, 20, 50",
    "TWO, 30, 42.5",
    "THREE, 20, 1",
    "THREE, 40, 12",
    "FOUR, 20, 15",
    "FOUR, -30, 8"
  })
  void takesTheBackgroundOff(Compensation algorithm, double celsius, double millivolts) {
    assertThat(algorithm.corrected(250, 240, ZEROS, celsius)).isCloseTo(millivolts, within(1e-9));
  }

  /** nT is 1.0 at 10 and 0.6 at 20 °C; k''T is 5 at 40 and 67 at 50 °C. */
  @ParameterizedTest
  @CsvSource({"ONE, 15, 0.8", "ONE, 10, 1.0", "ONE, 17.5, 0.7", "FOUR, 45, 36", "FOUR, -30, 7"})
  void interpolatesBetweenTheTablesSteps(Compensation algorithm, double celsius, double factor) {
    assertThat(algorithm.factor(celsius)).isCloseTo(factor, within(1e-9));
  }
}
