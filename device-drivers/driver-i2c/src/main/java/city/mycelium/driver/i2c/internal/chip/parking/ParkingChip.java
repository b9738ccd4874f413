package city.mycelium.driver.i2c.internal.chip.parking;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.I2c;
import city.mycelium.api.device.I2cChip;
import city.mycelium.api.device.Poll;
import java.util.Set;

/**
 * What chips have in common that tell whether a vehicle stands over a magnetometer; that one is set
 * as it is preset.
 */
class ParkingChip {

  private final I2cChip magnetometer;

  ParkingChip(I2cChip magnetometer) {
    this.magnetometer = magnetometer;
  }

  /** The magnetometer's, as a detector's. */
  public final DeviceDescription description() {
    return ParkingBay.description(magnetometer.description());
  }

  /** The magnetometer's. */
  public final Set<Integer> addresses() {
    return magnetometer.addresses();
  }

  /** Puts a detector behind the magnetometer. */
  public final Poll connect(I2c bus, DeviceSettings settings) throws DeviceException {
    Poll field = magnetometer.connect(bus, DeviceSettings.preset(magnetometer.description()));
    return ParkingBay.behind(field, settings);
  }
}
