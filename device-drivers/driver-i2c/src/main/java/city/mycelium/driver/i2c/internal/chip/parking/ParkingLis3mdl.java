package city.mycelium.driver.i2c.internal.chip.parking;

import city.mycelium.api.device.I2cChip;
import city.mycelium.driver.i2c.internal.chip.Lis3mdl;
import org.osgi.service.component.annotations.Component;

/** Whether a vehicle stands over a {@link Lis3mdl}. */
@Component
public final class ParkingLis3mdl extends ParkingChip implements I2cChip {

  public ParkingLis3mdl() {
    super(new Lis3mdl());
  }
}
