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
class ParkingLis3mdlTest implements ParkingContract {

  @Override
  public I2cChip kind() {
    return new ParkingLis3mdl();
  }

  @Override
  public String field() {
    return "100 -50 10";
  }

  @Override
  public ScriptedI2c healthy() {
    return new ScriptedI2c()
        .registers(0x0F, "3D")
        .registers(0x20, "00 00 00 00 00")
        .registers(0xA0, "70 00 00 0C 40")
        .registers(0x27, "08")
        .registers(0xA8, "BA 1A A3 F2 AC 02");
  }

  /** Of a bay whose empty field nobody knows, one field says nothing. */
  @Override
  public Golden golden() {
    return Golden.results()
        .result("status", new Result.Category("unknown"))
        .number("confidence", 0, 0)
        .number("field-x", 100, 1e-9)
        .number("field-y", -50, 1e-9)
        .number("field-z", 9.997, 0.0005);
  }

  @Override
  public Integrity integrity() {
    return Integrity.except("id, status and mode are compared; data has no checksum", "A8");
  }
}
