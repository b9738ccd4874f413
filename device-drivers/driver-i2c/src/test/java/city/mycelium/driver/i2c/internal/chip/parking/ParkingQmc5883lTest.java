package city.mycelium.driver.i2c.internal.chip.parking;

import city.mycelium.api.device.I2cChip;
import city.mycelium.api.observation.Result;
import city.mycelium.driver.kit.Golden;
import city.mycelium.driver.kit.Integrity;
import city.mycelium.driver.kit.ScriptedI2c;

/**
 * The bytes are those of the magnetometer's own test; what they mean for the bay, of the
 * detector's.
 */
class ParkingQmc5883lTest implements ParkingContract {

  @Override
  public I2cChip kind() {
    return new ParkingQmc5883l();
  }

  @Override
  public String field() {
    return "100 -200 30";
  }

  @Override
  public ScriptedI2c healthy() {
    return new ScriptedI2c()
        .registers(0x00, "B8 0B 90 E8 84 03 01 00 00 00")
        .registers(0x0B, "00")
        .registers(0x0D, "FF");
  }

  /** Of a bay whose empty field nobody knows, one field says nothing. */
  @Override
  public Golden golden() {
    return Golden.results()
        .result("status", new Result.Category("unknown"))
        .number("confidence", 0, 0)
        .number("field-x", 100, 0)
        .number("field-y", -200, 0)
        .number("field-z", 30, 0);
  }

  @Override
  public Integrity integrity() {
    return Integrity.except("id, status and mode are compared; data has no checksum", "00");
  }
}
