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
 * By data sheet LIS3MDL, table 3: 6842 counts per gauss at ±4 G, and 1 G = 100 uT. 0x1ABA is 6842:
 * 100 uT; 0xF2A3 is -3421: -50 uT; 0x02AC is 684: 9.997 uT.
 */
class Lis3mdlTest implements I2cChipContract {

  @Override
  public I2cChip kind() {
    return new Lis3mdl();
  }

  @Override
  public ScriptedI2c healthy() {
    return new ScriptedI2c()
        .registers(0x0F, "3D")
        .takes("20 70")
        .takes("21 00")
        .takes("22 00")
        .takes("23 0C")
        .takes("24 40")
        .registers(0xA0, "70 00 00 0C 40")
        .registers(0x27, "08")
        .registers(0xA8, "BA 1A A3 F2 AC 02");
  }

  @Override
  public Golden golden() {
    return Golden.results()
        .number("field-x", 100, 1e-9)
        .number("field-y", -50, 1e-9)
        .number("field-z", 9.997, 0.0005);
  }

  @Override
  public Integrity integrity() {
    return Integrity.except("id, status and settings are compared; data has no checksum", "A8");
  }

  @Test
  void isStaleWithoutANewResult() {
    assertThat(Readout.state(kind(), healthy().registers(0x27, "00"))).isEqualTo(DeviceState.STALE);
  }

  /** It measures ten times a second and is asked less often: the newest result counts (7.11). */
  @Test
  void takesTheNewestIfOthersWereOverrun() throws DeviceException {
    assertThat(Readout.of(kind(), healthy().registers(0x27, "FF"), Map.of())).hasSize(3);
  }

  @Test
  void doesNotTakeTheEndOfTheRangeForAField() {
    assertThat(Readout.state(kind(), healthy().registers(0xA8, "FF 7F")))
        .isEqualTo(DeviceState.CORRUPT);
    assertThat(Readout.state(kind(), healthy().registers(0xAC, "00 80")))
        .isEqualTo(DeviceState.CORRUPT);
  }

  @Test
  void noticesThatItWasResetBehindOurBack() {
    assertThat(Readout.state(kind(), healthy().registers(0xA0, "10")))
        .isEqualTo(DeviceState.CORRUPT);
  }

  @Test
  void refusesAnotherChip() {
    assertThat(Readout.state(kind(), healthy().registers(0x0F, "33")))
        .isEqualTo(DeviceState.CONFIG);
  }
}
