package city.mycelium.driver.i2c.internal.chip;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.I2c;
import city.mycelium.api.device.I2cChip;
import city.mycelium.api.device.Poll;
import city.mycelium.api.device.Results;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import java.time.Duration;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Sensirion SHT40, SHT41, SHT43, SHT45: temperature and humidity (data sheet SHT4x, version 6). */
@Component
public final class Sht4x implements I2cChip {

  // Data sheet, 4.5: commands. The slowest measurement takes 8.3 ms (table 4).
  private static final int MEASURE_PRECISELY = 0xFD;
  private static final int SERIAL_NUMBER = 0x89;
  private static final Duration MEASUREMENT = Duration.ofMillis(9);

  @Override
  public DeviceDescription description() {
    return DeviceDescription.of("sht4x", "Sensirion SHT40, SHT41, SHT43, SHT45")
        .gives("temperature", Vocabulary.AIR_TEMPERATURE, Unit.DEGREE_CELSIUS)
        .gives("humidity", Vocabulary.RELATIVE_HUMIDITY, Unit.PERCENT);
  }

  @Override
  public Set<Integer> addresses() {
    return Addresses.of(0x44, 0x45, 0x46);
  }

  @Override
  public Poll connect(I2c bus, DeviceSettings settings) throws DeviceException {
    bus.write(SERIAL_NUMBER); // there is no id to check, but an SHT3x does not know this command
    bus.pause(Duration.ofMillis(1));
    Sensirion.read(bus, 2);
    return results -> read(bus, results);
  }

  private static void read(I2c bus, Results results) throws DeviceException {
    bus.write(MEASURE_PRECISELY);
    bus.pause(MEASUREMENT);
    int[] words = Sensirion.read(bus, 2);
    // 4.6: formulas (2) and (1); the humidity is to be cut to its physical range.
    results.number("temperature", -45 + 175 * words[0] / 65_535.0);
    results.number("humidity", Math.max(0, Math.min(100, -6 + 125 * words[1] / 65_535.0)));
  }
}
