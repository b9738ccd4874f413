package city.mycelium.driver.lorawan.internal.region;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.driver.lorawan.internal.radio.DataRate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeOnAirTest {

  /**
   * Worked by hand after the formula of the SX1276 datasheet, 4.1.1.7: symbols of the payload times
   * 2^SF/BW, and 12.25 symbols before it. 23 bytes at SF7 are the well known 61.696 ms of a
   * join-request, and 1482.752 ms at SF12.
   */
  @ParameterizedTest
  @CsvSource({
    "7, 125, 23, true, 61696",
    "12, 125, 23, true, 1482752",
    "12, 125, 33, false, 1810432",
    "11, 125, 12, false, 577536",
    "10, 125, 17, false, 329728",
    "7, 125, 12, false, 41216",
    "7, 250, 64, true, 59008",
    "8, 500, 64, true, 53888"
  })
  void loraTakesWhatTheDatasheetSays(
      int spreadingFactor, int bandwidth, int bytes, boolean withCrc, long micros) {
    assertThat(
            TimeOnAir.of(new DataRate.Lora(spreadingFactor, bandwidth), bytes, withCrc).toNanos())
        .isEqualTo(micros * 1000);
  }

  @Test
  void fskCountsItsPreambleAndItsFrame() {
    assertThat(TimeOnAir.of(new DataRate.Fsk(50_000), 20, true).toNanos() / 1000)
        .isEqualTo((5 + 3 + 1 + 20 + 2) * 8 * 20);
  }
}
