package city.mycelium.driver.i2c.internal.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceState;
import city.mycelium.api.device.I2cChip;
import city.mycelium.api.device.Poll;
import city.mycelium.driver.kit.Golden;
import city.mycelium.driver.kit.I2cChipContract;
import city.mycelium.driver.kit.Integrity;
import city.mycelium.driver.kit.Readout;
import city.mycelium.driver.kit.ScriptedI2c;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The examples of data sheet SCD4x, 3.5.2 and 3.9.2: 0x01F4 0x33 0x6667 0xA2 0x5EB9 0x3C is 500
 * ppm, 25 °C, 37 %; serial number 0xF896 0x31 0x9F07 0xC2 0x3BBE 0x89.
 */
class Scd4xTest implements I2cChipContract {

  private static final Duration MILLISECOND = Duration.ofMillis(1);
  private static final String NOT_READY = "80 00 A2";

  @Override
  public I2cChip kind() {
    return new Scd4x();
  }

  @Override
  public ScriptedI2c healthy() {
    return new ScriptedI2c()
        .takes("3F 86")
        .answers("36 82", MILLISECOND, "F8 96 31 9F 07 C2 3B BE 89")
        .takes("24 27 00 00 81")
        .takes("21 B1")
        .answers("E4 B8", MILLISECOND, "80 06 04")
        .answers("EC 05", MILLISECOND, "01 F4 33 66 67 A2 5E B9 3C");
  }

  @Override
  public Golden golden() {
    return Golden.results()
        .number("CO2", 500, 0)
        .number("temperature", 25, 0.005)
        .number("humidity", 37, 0.005);
  }

  @Override
  public Integrity integrity() {
    return Integrity.full("CRC-8 over each word");
  }

  @Test
  void warmsUpUntilItsFirstResultAndIsStaleWithoutANewOneLater() throws DeviceException {
    ScriptedI2c chip = healthy().answers("E4 B8", MILLISECOND, NOT_READY);
    Poll poll = Readout.connect(kind(), chip, Map.of());
    assertThat(stateOf(poll)).isEqualTo(DeviceState.WARMING_UP);
    chip.answers("E4 B8", MILLISECOND, "80 06 04");
    assertThat(Readout.of(kind(), poll, Map.of())).containsKey("CO2");
    chip.answers("E4 B8", MILLISECOND, NOT_READY);
    assertThat(stateOf(poll)).isEqualTo(DeviceState.STALE);
  }

  private DeviceState stateOf(Poll poll) {
    try {
      throw new AssertionError("it gives " + Readout.of(kind(), poll, Map.of()));
    } catch (DeviceException e) {
      return e.state();
    }
  }

  /** 3.6.1: 1950 m is 0x079E 0x09. */
  @Test
  void tellsItHowHighItIs() throws DeviceException {
    ScriptedI2c chip = healthy().takes("24 27 07 9E 09");
    Readout.connect(kind(), chip, Map.of("altitudeMetres", "1950"));
    assertThat(chip.unasked()).doesNotContain("24 27 07 9E 09");
    assertThatThrownBy(() -> Readout.connect(kind(), healthy(), Map.of("altitudeMetres", "4000")))
        .hasMessageContaining("0 to 3000");
  }

  @Test
  void doesNotBelieveInAirWithoutCarbonDioxide() {
    assertThat(Readout.state(kind(), healthy().answers("EC 05", "00 00 81 66 67 A2 5E B9 3C")))
        .isEqualTo(DeviceState.CORRUPT);
  }

  @Test
  void stopsWhenItIsReadNoMore() throws DeviceException {
    ScriptedI2c chip = healthy();
    Poll poll = Readout.connect(kind(), chip, Map.of());
    chip.takes("3F 86");
    poll.close();
    assertThat(chip.unasked()).doesNotContain("3F 86");
  }
}
