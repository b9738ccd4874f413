package city.mycelium.driver.i2c.internal.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceState;
import city.mycelium.api.device.I2cChip;
import city.mycelium.driver.kit.Golden;
import city.mycelium.driver.kit.I2cChipContract;
import city.mycelium.driver.kit.Integrity;
import city.mycelium.driver.kit.Readout;
import city.mycelium.driver.kit.ScriptedI2c;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The example of ROHM's Technical Note BH1750FVI (2009.04, Rev. B), page 10: 0x83 0x90 is 28067 lx,
 * at the usual time.
 */
class Bh1750Test implements I2cChipContract {

  @Override
  public I2cChip kind() {
    return new Bh1750();
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("measurementTime", "69");
  }

  @Override
  public ScriptedI2c healthy() {
    return new ScriptedI2c()
        .takes("42") // 01000 and bits 7 to 5 of 69
        .takes("65") // 011 and bits 4 to 0
        .answers("20", Duration.ofMillis(180), "83 90");
  }

  @Override
  public Golden golden() {
    return Golden.results().number("illuminance", 28_067, 0.5);
  }

  @Override
  public Integrity integrity() {
    return Integrity.none("no id, no status, no checksum in its data sheet");
  }

  /** "Adjust measurement result": 1/1.2 * 69/31 lx a count; 0xFFFE is 121,555 lx. */
  @Test
  void reachesFullSunlightAsItIsPreset() throws DeviceException {
    ScriptedI2c chip =
        new ScriptedI2c().takes("40").takes("7F").answers("20", Duration.ofMillis(81), "FF FE");
    assertThat(Readout.number(kind(), chip, "illuminance")).isCloseTo(121_555, within(1.0));
  }

  @Test
  void doesNotTakeTheEndOfTheRangeForLight() {
    DeviceException failure =
        Readout.failure(
            kind(), new ScriptedI2c().takes("40").takes("7F").answers("20", "FF FF"), Map.of());
    assertThat(failure.state()).isEqualTo(DeviceState.CORRUPT);
    assertThat(failure).hasMessageContaining("brighter");
  }
}
