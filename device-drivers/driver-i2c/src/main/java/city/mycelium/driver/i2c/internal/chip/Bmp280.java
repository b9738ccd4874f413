package city.mycelium.driver.i2c.internal.chip;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.I2c;
import city.mycelium.api.device.I2cChip;
import city.mycelium.api.device.Poll;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * Bosch BMP280: temperature and pressure (data sheet BST-BMP280-DS001). The chip has no checksum;
 * its id, its status and its ranges are what can be checked.
 */
@Component
public final class Bmp280 implements I2cChip {

  @Override
  public DeviceDescription description() {
    return DeviceDescription.of("bmp280", "Bosch BMP280")
        .gives("temperature", Vocabulary.AIR_TEMPERATURE, Unit.DEGREE_CELSIUS)
        .gives("pressure", Vocabulary.AIR_PRESSURE, Unit.HECTOPASCAL);
  }

  @Override
  public Set<Integer> addresses() {
    return Addresses.of(0x76, 0x77);
  }

  @Override
  public Poll connect(I2c bus, DeviceSettings settings) throws DeviceException {
    return BoschChip.connect(bus, BoschChip.BMP280);
  }
}
