package city.mycelium.driver.serial.internal.sds011;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.FrameDevice;
import city.mycelium.api.device.SerialSensor;
import city.mycelium.api.device.SerialSettings;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import java.time.Duration;
import java.util.Locale;
import org.osgi.service.component.annotations.Component;

/**
 * The SDS011 dust sensor.
 *
 * <p>Source: Nova Fitness, "Laser Dust Sensor Control Protocol" V1.3 (2015), here "LDSCP".
 */
@Component
public final class Sds011 implements SerialSensor {

  static final String PM2_5 = "PM2.5";
  static final String PM10 = "PM10";

  private static final int HEX = 16;

  @Override
  public DeviceDescription description() {
    return DeviceDescription.of("sds011", "Nova Fitness SDS011 particulate matter sensor")
        // It then works 34 s in 2 minutes, and its laser lasts about three years.
        .every(Duration.ofMinutes(2))
        .gives(PM2_5, Vocabulary.PM2_5, Unit.MICROGRAM_PER_CUBIC_METRE)
        .gives(PM10, Vocabulary.PM10, Unit.MICROGRAM_PER_CUBIC_METRE)
        .takes(
            "mode",
            "duty",
            "duty wakes the sensor for each result and so spares its laser, which lasts about 8000"
                + " hours; query and active let it run all the time")
        .takes(
            "warmUpSeconds",
            Long.toString(Sds011Device.WARM_UP.toSeconds()),
            "how long after waking its results are not taken, 0 to 600; the maker says 30")
        .takes(
            "chipId",
            "FFFF",
            "its own id in four hexadecimal digits, if no other may take its place; FFFF for any");
  }

  /** LDSCP 1, serial port. */
  @Override
  public SerialSettings line() {
    return SerialSettings.of(9600);
  }

  @Override
  public FrameDevice<?> device(Duration interval, DeviceSettings settings) throws DeviceException {
    return new Sds011Device(
        chip(settings.text("chipId")),
        mode(settings.text("mode")),
        interval,
        Duration.ofSeconds(settings.whole("warmUpSeconds", 0, 600)));
  }

  private static Sds011Device.Mode mode(String mode) throws DeviceException {
    return switch (mode.toLowerCase(Locale.ROOT)) {
      case "duty" -> Sds011Device.Mode.DUTY;
      case "active" -> Sds011Device.Mode.ACTIVE;
      case "query" -> Sds011Device.Mode.QUERY;
      default ->
          throw DeviceException.config(
              "an sds011 has no mode '" + mode + "': choose duty, active or query");
    };
  }

  private static int chip(String id) throws DeviceException {
    if (!id.matches("[0-9a-fA-F]{4}")) {
      throw DeviceException.config(
          "an sds011's chipId is four hexadecimal digits such as A160, or FFFF for any, not '"
              + id
              + "'");
    }
    return Integer.parseInt(id, HEX);
  }
}
