package city.mycelium.driver.i2c.internal.chip.parking;

import city.mycelium.api.device.I2cChip;
import city.mycelium.driver.i2c.internal.chip.Qmc5883l;
import org.osgi.service.component.annotations.Component;

/** Whether a vehicle stands over a {@link Qmc5883l}. */
@Component
public final class ParkingQmc5883l extends ParkingChip implements I2cChip {

  public ParkingQmc5883l() {
    super(new Qmc5883l());
  }
}
