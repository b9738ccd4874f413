package city.mycelium.driver.i2c.internal.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.device.DeviceException;
import city.mycelium.driver.kit.ScriptedI2c;
import org.junit.jupiter.api.Test;

class SensirionTest {

  /** Data sheet SCD4x, 3.6.1: set_sensor_altitude to 1950 m is 0x2427 0x079E 0x09. */
  @Test
  void sendsAWordWithItsCrc() throws DeviceException {
    ScriptedI2c chip = new ScriptedI2c().takes("24 27 07 9E 09");
    Sensirion.command(chip, 0x2427, 1950);
    assertThat(chip.unasked()).isEmpty();
  }

  @Test
  void saysWhichWordIsWrong() throws DeviceException {
    ScriptedI2c chip = new ScriptedI2c().answers("EC 05", "01 F4 33 66 67 A3");
    Sensirion.command(chip, 0xEC05);
    assertThatThrownBy(() -> Sensirion.read(chip, 2)).hasMessageContaining("word 2 of 2");
  }
}
