package city.mycelium.driver.i2c.internal.chip;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceState;
import city.mycelium.api.device.I2cChip;
import city.mycelium.driver.kit.Golden;
import city.mycelium.driver.kit.I2cChipContract;
import city.mycelium.driver.kit.Integrity;
import city.mycelium.driver.kit.Readout;
import city.mycelium.driver.kit.ScriptedI2c;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The example of data sheet SBOS547, 7.5 (table "Calculating Current and Power"): 2 mOhm, 1 mA a
 * step, so calibration 0x0A00; shunt 0x1F40 (20 mV), bus 0x2570 (11.98 V), current 0x2710 (10 A),
 * power 0x12B8 (119.8 W).
 */
class Ina226Test implements I2cChipContract {

  @Override
  public I2cChip kind() {
    return new Ina226();
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("shuntMilliohms", "2", "maxAmperes", "32.768");
  }

  @Override
  public ScriptedI2c healthy() {
    return new ScriptedI2c()
        .answers("FF", "22 60")
        .takes("05 0A 00")
        .takes("00 45 23")
        .answers("06", "00 08")
        .answers("01", "1F 40")
        .answers("05", "0A 00")
        .answers("04", "27 10")
        .answers("02", "25 70")
        .answers("03", "12 B8");
  }

  @Override
  public Golden golden() {
    return Golden.results()
        .number("voltage", 11.98, 1e-9)
        .number("current", 10, 1e-9)
        .number("power", 119.8, 1e-9);
  }

  @Override
  public Integrity integrity() {
    return Integrity.except(
        "die id, flags and calibration are compared; data has no checksum", "02", "03", "04");
  }

  /** 0xD8F0 is -10000: a battery that is charged. The power register has no sign (7.6.4). */
  @Test
  void givesPowerTheSignOfTheCurrent() throws DeviceException {
    assertThat(
            Readout.of(kind(), healthy().answers("04", "D8 F0"), settings())
                .get("power")
                .toString())
        .contains("-119.8");
  }

  @Test
  void noticesAnOverflow() {
    assertThat(failure(healthy().answers("06", "00 0C")).state()).isEqualTo(DeviceState.CORRUPT);
    assertThat(failure(healthy().answers("01", "7F FF")))
        .hasMessageContaining("larger than it can tell");
  }

  @Test
  void isStaleBeforeItsMeasurementIsDone() {
    assertThat(failure(healthy().answers("06", "00 00")).state()).isEqualTo(DeviceState.STALE);
  }

  @Test
  void noticesALostCalibration() {
    assertThat(failure(healthy().answers("05", "00 00"))).hasMessageContaining("lost");
  }

  /** An INA219 has no die id; its register 0xFF reads as it pleases. */
  @Test
  void refusesAnotherChip() {
    assertThat(failure(healthy().answers("FF", "39 9F")).state()).isEqualTo(DeviceState.CONFIG);
  }

  @Test
  void saysWhichShuntCannotBe() {
    assertThat(
            Readout.failure(kind(), healthy(), Map.of("shuntMilliohms", "10", "maxAmperes", "20")))
        .hasMessageContaining("more than the 81.92 mV");
    assertThat(
            Readout.failure(
                kind(), healthy(), Map.of("shuntMilliohms", "0.1", "maxAmperes", "0.5")))
        .hasMessageContaining("maxAmperes is too small");
  }

  private DeviceException failure(ScriptedI2c chip) {
    return Readout.failure(kind(), chip, settings());
  }
}
