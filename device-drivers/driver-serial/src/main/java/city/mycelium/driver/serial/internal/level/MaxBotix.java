package city.mycelium.driver.serial.internal.level;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.FrameDevice;
import city.mycelium.api.device.Results;
import city.mycelium.api.device.SerialSensor;
import city.mycelium.api.device.SerialSettings;
import city.mycelium.api.device.Timetable;
import city.mycelium.driver.serial.internal.frame.FrameSearch;
import city.mycelium.driver.serial.internal.frame.FrameSearch.Find;
import city.mycelium.driver.serial.internal.frame.Octets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.osgi.service.component.annotations.Component;

/**
 * The ultrasonic distance sensors HRXL-MaxSonar-WR, which talk by themselves: {@code R}, four
 * digits of millimetres, a carriage return. RS232 or TTL is a matter of the adapter.
 *
 * <p>The protocol has no checksum. What is given is the median of the last five distances, so that
 * one that was damaged on the way changes it by no more than the others differ.
 *
 * <p>Source: MaxBotix, "HRXL-MaxSonar-WR/WRC Series" datasheet (PD11500), "Pin 5: serial output",
 * and "Sensor timing diagrams": 5.17 to 7.5 readings per second, 5000 or 9999 mm at most.
 */
@Component
public final class MaxBotix implements SerialSensor {

  private static final int BYTES = 6;
  private static final int DIGITS = 4;
  private static final int END = '\r';

  /** Odd, so that the median is one of them; the sensor says them within a second. */
  private static final int OF_SO_MANY = 5;

  @Override
  public DeviceDescription description() {
    return Mounting.describe(
            DeviceDescription.of("maxbotix-hrxl", "MaxBotix HRXL-MaxSonar-WR distance sensors"))
        .takes(
            "nothingAtMillimetres",
            "5000",
            "what it says where it sees nothing: 5000 for models of 5 m, 9999 for those of 10 m");
  }

  @Override
  public DeviceDescription description(DeviceSettings settings) throws DeviceException {
    return Mounting.of(settings).describedWith(description());
  }

  /** Pin 5: 9600 baud. */
  @Override
  public SerialSettings line() {
    return SerialSettings.of(9600);
  }

  @Override
  public FrameDevice<?> device(Duration interval, DeviceSettings settings) throws DeviceException {
    Mounting mounting = Mounting.of(settings);
    int nothing = settings.whole("nothingAtMillimetres", 500, 9999);
    return FrameDevice.of(
        Timetable.listenOnly(interval),
        bytes -> FrameSearch.scan(bytes, MaxBotix::distanceAt),
        () -> new Median(mounting, nothing));
  }

  private static Find<Integer> distanceAt(byte[] bytes, int at) {
    if (bytes[at] != 'R') {
      return Find.none();
    }
    int distance = 0;
    for (int i = at + 1; i <= at + DIGITS && i < bytes.length; i++) {
      int digit = Octets.at(bytes, i) - '0';
      if (digit < 0 || digit > 9) {
        return Find.none();
      }
      distance = 10 * distance + digit;
    }
    if (bytes.length - at < BYTES) {
      return Find.unfinished();
    }
    return bytes[at + BYTES - 1] == END ? Find.frame(distance, BYTES) : Find.none();
  }

  /** For one thread. */
  private static final class Median implements FrameDevice.FrameReader<Integer> {

    private final Mounting mounting;
    private final int nothing;
    private final Deque<Integer> last = new ArrayDeque<>();

    Median(Mounting mounting, int nothing) {
      this.mounting = mounting;
      this.nothing = nothing;
    }

    @Override
    public void read(Integer distance, Results results) throws DeviceException {
      last.addLast(distance);
      if (last.size() > OF_SO_MANY) {
        last.removeFirst();
      }
      if (last.size() < OF_SO_MANY) {
        return;
      }
      int median = last.stream().sorted().skip(OF_SO_MANY / 2).findFirst().orElse(distance);
      if (median >= nothing) {
        throw DeviceException.corrupt(
            "nothing is within its range: is it covered, or does it look at nothing?");
      }
      mounting.put(median, results);
    }
  }
}
