package city.mycelium.driver.i2c.internal.chip;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.I2c;
import city.mycelium.api.device.I2cChip;
import city.mycelium.api.device.Poll;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * Texas Instruments ADS1115: voltages of four inputs, or of two between two (data sheet SBAS444).
 */
@Component
public final class Ads1115 implements I2cChip {

  @Override
  public DeviceDescription description() {
    DeviceDescription description = DeviceDescription.of("ads1115", "Texas Instruments ADS1115");
    for (String output : List.of("A0", "A1", "A2", "A3", "A0-A1", "A0-A3", "A1-A3", "A2-A3")) {
      description = description.gives(output, Vocabulary.VOLTAGE, Unit.MILLIVOLT);
    }
    return SingleShot.options(
        description.takes(
            "inputs",
            "A0 A1 A2 A3",
            "what is measured: A0 to A3 against ground; A0-A1, A0-A3, A1-A3, A2-A3 between two"),
        "4096");
  }

  @Override
  public Set<Integer> addresses() {
    return Addresses.of(0x48, 0x49, 0x4A, 0x4B);
  }

  @Override
  public Poll connect(I2c bus, DeviceSettings settings) throws DeviceException {
    SingleShot converter = SingleShot.connect(bus, settings);
    List<String> inputs = SingleShot.inputs(settings, "inputs");
    return results -> {
      for (String input : inputs) {
        results.number(input, converter.millivolts(input));
      }
    };
  }
}
