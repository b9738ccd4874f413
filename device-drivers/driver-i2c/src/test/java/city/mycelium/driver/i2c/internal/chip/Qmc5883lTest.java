package city.mycelium.driver.i2c.internal.chip;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.device.DeviceState;
import city.mycelium.api.device.I2cChip;
import city.mycelium.driver.kit.Golden;
import city.mycelium.driver.kit.I2cChipContract;
import city.mycelium.driver.kit.Integrity;
import city.mycelium.driver.kit.Readout;
import city.mycelium.driver.kit.ScriptedI2c;
import org.junit.jupiter.api.Test;

/**
 * By data sheet QMC5883L, table 2: 3000 counts per gauss at ±8 G, and 1 G = 100 uT. 0x0BB8 is 3000:
 * 100 uT; 0xE890 is -6000: -200 uT; 0x0384 is 900: 30 uT.
 */
class Qmc5883lTest implements I2cChipContract {

  @Override
  public I2cChip kind() {
    return new Qmc5883l();
  }

  @Override
  public ScriptedI2c healthy() {
    return new ScriptedI2c()
        .registers(0x00, "B8 0B 90 E8 84 03 01 00 00 00")
        .registers(0x0B, "00")
        .registers(0x0D, "FF");
  }

  @Override
  public Golden golden() {
    return Golden.results()
        .number("field-x", 100, 0)
        .number("field-y", -200, 0)
        .number("field-z", 30, 0);
  }

  @Override
  public Integrity integrity() {
    return Integrity.except("id, status and mode are compared; data has no checksum", "00");
  }

  @Test
  void isStaleWithoutANewResult() {
    assertThat(Readout.state(kind(), healthy().registers(0x06, "00"))).isEqualTo(DeviceState.STALE);
  }

  /** 9.2.2: OVL, if any axis is beyond its range. */
  @Test
  void noticesAnOverflow() {
    assertThat(Readout.state(kind(), healthy().registers(0x06, "03")))
        .isEqualTo(DeviceState.CORRUPT);
  }

  /** An empty bus says 0xFF too, which is this chip's id: it does not keep what it is told. */
  @Test
  void doesNotTakeAnEmptyBusForTheChip() {
    assertThat(Readout.state(kind(), healthy().mayTake("09 11"))).isEqualTo(DeviceState.CONFIG);
    assertThat(Readout.state(kind(), healthy().registers(0x0D, "10")))
        .isEqualTo(DeviceState.CONFIG);
  }
}
