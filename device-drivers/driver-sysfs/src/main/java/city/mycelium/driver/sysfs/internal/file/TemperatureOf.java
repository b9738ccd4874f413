package city.mycelium.driver.sysfs.internal.file;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.observation.ObservedProperty;
import city.mycelium.api.observation.Vocabulary;
import java.util.List;

/** Of what a thermometer tells the temperature: the kernel cannot know where it was mounted. */
final class TemperatureOf {

  private static final String OPTION = "temperatureOf";

  private TemperatureOf() {}

  /** The setting that {@link #in} reads. */
  static DeviceDescription settable(DeviceDescription description, String preset) {
    return description.takes(
        OPTION, preset, "what has the temperature that is measured: air, water, soil or device");
  }

  /** What is observed. */
  static ObservedProperty in(DeviceSettings settings) throws DeviceException {
    return switch (settings.choice(OPTION, List.of("air", "water", "soil", "device"))) {
      case "water" -> Vocabulary.WATER_TEMPERATURE;
      case "soil" -> Vocabulary.SOIL_TEMPERATURE;
      case "device" -> Vocabulary.DEVICE_TEMPERATURE;
      default -> Vocabulary.AIR_TEMPERATURE;
    };
  }

  /**
   * Only that it is set as it can be.
   *
   * @throws DeviceException CONFIG if not
   */
  static void check(DeviceSettings settings) throws DeviceException {
    ObservedProperty unused = in(settings);
  }
}
