package city.mycelium.driver.i2c.internal.chip.parking;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.I2c;
import city.mycelium.api.device.I2cChip;
import city.mycelium.api.device.Poll;
import city.mycelium.driver.i2c.internal.chip.Qmc5883l;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Whether a vehicle stands over a {@link Qmc5883l}. */
@Component
public final class ParkingQmc5883l implements I2cChip {

  private final I2cChip magnetometer = new Qmc5883l();

  @Override
  public DeviceDescription description() {
    return ParkingBay.description(magnetometer.description());
  }

  @Override
  public Set<Integer> addresses() {
    return magnetometer.addresses();
  }

  @Override
  public Poll connect(I2c bus, DeviceSettings settings) throws DeviceException {
    Poll field = magnetometer.connect(bus, DeviceSettings.preset(magnetometer.description()));
    return ParkingBay.behind(field, settings);
  }
}
