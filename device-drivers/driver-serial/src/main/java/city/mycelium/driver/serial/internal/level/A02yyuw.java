package city.mycelium.driver.serial.internal.level;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.FrameDevice;
import city.mycelium.api.device.Scan;
import city.mycelium.api.device.SerialSensor;
import city.mycelium.api.device.SerialSettings;
import city.mycelium.api.device.Timetable;
import city.mycelium.driver.serial.internal.frame.Checksums;
import city.mycelium.driver.serial.internal.frame.FrameSearch;
import city.mycelium.driver.serial.internal.frame.FrameSearch.Find;
import city.mycelium.driver.serial.internal.frame.Octets;
import java.time.Duration;
import org.osgi.service.component.annotations.Component;

/**
 * The waterproof ultrasonic distance sensor A02YYUW, which talks by itself.
 *
 * <p>Source: DFRobot, wiki page "A02YYUW Waterproof Ultrasonic Sensor (SKU SEN0311)", sections
 * "Specification" and "UART output".
 */
@Component
public final class A02yyuw implements SerialSensor {

  /** UART output: frame header, distance high and low in mm, the low byte of their sum. */
  private static final int HEAD = 0xFF;

  private static final int BYTES = 4;

  /** Specification: 3 to 450 cm; nearer it is blind. */
  private static final int NEAREST = 30;

  private static final int FARTHEST = 4500;

  @Override
  public DeviceDescription description() {
    return Mounting.describe(
        DeviceDescription.of("a02yyuw", "DFRobot A02YYUW ultrasonic distance sensor"));
  }

  @Override
  public DeviceDescription description(DeviceSettings settings) throws DeviceException {
    return Mounting.of(settings).describedWith(description());
  }

  /** UART output: 9600 baud. */
  @Override
  public SerialSettings line() {
    return SerialSettings.of(9600);
  }

  @Override
  public FrameDevice<?> device(Duration interval, DeviceSettings settings) throws DeviceException {
    Mounting mounting = Mounting.of(settings);
    return FrameDevice.of(
        Timetable.listenOnly(interval),
        A02yyuw::scan,
        () ->
            (distance, results) -> {
              if (distance <= NEAREST) {
                throw DeviceException.corrupt(
                    "nothing is within its 3 to 450 cm: is it covered, or does it look at nothing?");
              }
              mounting.put(distance, results);
            });
  }

  private static Scan<Integer> scan(byte[] bytes) {
    return FrameSearch.scan(bytes, A02yyuw::distanceAt);
  }

  private static Find<Integer> distanceAt(byte[] bytes, int at) {
    if (Octets.at(bytes, at) != HEAD) {
      return Find.none();
    }
    if (bytes.length - at < BYTES) {
      return Find.unfinished();
    }
    int distance = Octets.pair(bytes, at + 1);
    int sum = Checksums.sum(bytes, at, at + BYTES - 1) & 0xff;
    // The checksum is weak, so what the sensor never says helps to tell frames from noise.
    return sum == Octets.at(bytes, at + BYTES - 1) && distance <= FARTHEST
        ? Find.frame(distance, BYTES)
        : Find.none();
  }
}
