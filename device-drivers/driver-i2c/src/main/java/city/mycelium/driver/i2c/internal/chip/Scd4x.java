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

/**
 * Sensirion SCD40, SCD41: CO2 by photoacoustics, temperature, humidity; a new result every 5 s
 * (data sheet SCD4x, version 1.4, chapter 3).
 */
@Component
public final class Scd4x implements I2cChip {

  private static final int START = 0x21B1;
  private static final int STOP = 0x3F86;
  private static final int READ = 0xEC05;
  private static final int DATA_READY = 0xE4B8;
  private static final int SERIAL_NUMBER = 0x3682;
  private static final int SET_ALTITUDE = 0x2427;
  private static final int READY = 0x07FF; // 3.8.2: any of the low 11 bits
  private static final Duration ANSWER = Duration.ofMillis(1); // table 9

  @Override
  public DeviceDescription description() {
    return DeviceDescription.of("scd4x", "Sensirion SCD40, SCD41")
        .gives("CO2", Vocabulary.CO2, Unit.PPM)
        .gives("temperature", Vocabulary.DEVICE_TEMPERATURE, Unit.DEGREE_CELSIUS)
        .gives("humidity", Vocabulary.RELATIVE_HUMIDITY, Unit.PERCENT)
        .takes("altitudeMetres", "0", "height above the sea, which thins the air: 0 to 3000");
  }

  @Override
  public Set<Integer> addresses() {
    return Set.of(0x62);
  }

  @Override
  public Poll connect(I2c bus, DeviceSettings settings) throws DeviceException {
    int altitude = settings.whole("altitudeMetres", 0, 3_000);
    Sensirion.command(bus, STOP); // it may be at work since before this gateway started
    bus.pause(Duration.ofMillis(500)); // 3.5.3
    Sensirion.command(bus, SERIAL_NUMBER);
    bus.pause(ANSWER);
    Sensirion.read(bus, 3);
    Sensirion.command(bus, SET_ALTITUDE, altitude);
    bus.pause(ANSWER);
    Sensirion.command(bus, START);
    return new Measuring(bus);
  }

  private static final class Measuring implements Poll {
    private final I2c bus;
    private boolean began;

    Measuring(I2c bus) {
      this.bus = bus;
    }

    @Override
    public void read(Results results) throws DeviceException {
      Sensirion.command(bus, DATA_READY);
      bus.pause(ANSWER);
      if ((Sensirion.read(bus, 1)[0] & READY) == 0) {
        throw began
            ? DeviceException.stale("no new result: it gives one every 5 s, no more often")
            : DeviceException.warmingUp("its first result comes 5 s after its start");
      }
      Sensirion.command(bus, READ);
      bus.pause(ANSWER);
      int[] words = Sensirion.read(bus, 3);
      if (words[0] == 0) {
        throw DeviceException.corrupt("it says 0 ppm of CO2, which no air has");
      }
      began = true;
      results.number("CO2", words[0]);
      results.number("temperature", -45 + 175 * words[1] / 65_535.0); // 3.5.2
      results.number("humidity", 100 * words[2] / 65_535.0);
    }

    @Override
    public void close() {
      try {
        Sensirion.command(bus, STOP);
      } catch (DeviceException e) {
        // It is not there any more, or goes on measuring: neither does harm.
      }
    }
  }
}
