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

/** Sensirion SHT30, SHT31, SHT35: temperature and humidity (data sheet SHT3x-DIS, version 6). */
@Component
public final class Sht3x implements I2cChip {

  /** Once, high repeatability, without clock stretching (table 9). */
  private static final int MEASURE = 0x2400;

  /** At most 15.5 ms, at low supply voltage (table 4). */
  private static final Duration MEASUREMENT = Duration.ofMillis(16);

  private static final int STATUS = 0xF32D; // table 17
  private static final int LAST_WRITE_FAILED = 0x0001; // table 18
  private static final int LAST_COMMAND_FAILED = 0x0002;

  @Override
  public DeviceDescription description() {
    return DeviceDescription.of("sht3x", "Sensirion SHT30, SHT31, SHT35")
        .gives("temperature", Vocabulary.AIR_TEMPERATURE, Unit.DEGREE_CELSIUS)
        .gives("humidity", Vocabulary.RELATIVE_HUMIDITY, Unit.PERCENT);
  }

  @Override
  public Set<Integer> addresses() {
    return Addresses.of(0x44, 0x45);
  }

  @Override
  public Poll connect(I2c bus, DeviceSettings settings) throws DeviceException {
    Sensirion.command(bus, STATUS);
    int status = Sensirion.read(bus, 1)[0];
    if ((status & (LAST_WRITE_FAILED | LAST_COMMAND_FAILED)) != 0) {
      // Of an earlier command that was disturbed, or of another chip's that this one has heard.
      Sensirion.command(bus, 0x3041); // clear status (table 19)
    }
    return results -> read(bus, results);
  }

  private static void read(I2c bus, Results results) throws DeviceException {
    Sensirion.command(bus, MEASURE);
    bus.pause(MEASUREMENT);
    int[] words = Sensirion.read(bus, 2);
    results.number("temperature", -45 + 175 * words[0] / 65_535.0); // 4.13
    results.number("humidity", 100 * words[1] / 65_535.0);
  }
}
