package city.mycelium.driver.i2c.internal.chip;

import static org.assertj.core.api.Assertions.assertThat;

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
 * The example of data sheet BST-BMP280-DS001, 3.12: T1 27504, T2 26435, T3 -1000, P1 36477 … P9
 * 6000, raw 519888 and 415148 give 25.08 °C and 100653.27 Pa. Linux's bmp280 driver gives 25080 and
 * 100.653253906 kPa for the same registers.
 */
class Bmp280Test implements I2cChipContract {

  @Override
  public I2cChip kind() {
    return new Bmp280();
  }

  @Override
  public ScriptedI2c healthy() {
    ScriptedI2c chip = new ScriptedI2c();
    return chip.registers(0xD0, "58")
        .registers(0x88, Bme280Test.CALIBRATION)
        .registers(0xF3, "00 00")
        .registers(0xF7, "65 5A C0 7E ED 00")
        .mayTake("F4 25", () -> chip.registers(0xF4, "24"));
  }

  @Override
  public Golden golden() {
    return Golden.results()
        .number("temperature", 25.08, 0.005)
        .number("pressure", 1006.5327, 0.0003);
  }

  @Override
  public Integrity integrity() {
    return Integrity.except(
        "chip id, status and mode are compared; calibration and data have no checksum", "88", "F7");
  }

  @Test
  void saysWhichChipIsThereInstead() {
    assertThat(Readout.failure(kind(), healthy().registers(0xD0, "60"), Map.of()))
        .hasMessageContaining("a BME280 (chip id 0x60), not a BMP280");
    assertThat(Readout.failure(kind(), healthy().registers(0xD0, "12"), Map.of()))
        .hasMessageContaining("another chip (chip id 0x12)");
    assertThat(Readout.state(kind(), healthy().registers(0xD0, "60")))
        .isEqualTo(DeviceState.CONFIG);
  }
}
