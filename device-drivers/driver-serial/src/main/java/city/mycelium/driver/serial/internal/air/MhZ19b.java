package city.mycelium.driver.serial.internal.air;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.FrameDevice;
import city.mycelium.api.device.Scan;
import city.mycelium.api.device.SerialSensor;
import city.mycelium.api.device.SerialSettings;
import city.mycelium.api.device.Step;
import city.mycelium.api.device.Timetable;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import city.mycelium.driver.serial.internal.frame.Checksums;
import city.mycelium.driver.serial.internal.frame.FrameSearch;
import city.mycelium.driver.serial.internal.frame.FrameSearch.Find;
import city.mycelium.driver.serial.internal.frame.Octets;
import java.time.Duration;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/**
 * The carbon dioxide sensor MH-Z19B.
 *
 * <p>Source: Winsen, "Intelligent Infrared CO2 Module (Model: MH-Z19B) User's Manual" V1.0 to V1.6,
 * section "Command".
 */
@Component
public final class MhZ19b implements SerialSensor {

  /** Manual, Technical parameters: preheating 3 min; before, it says what it likes. */
  private static final Duration WARM_UP = Duration.ofMinutes(3);

  /** Twice its response time would still repeat itself; asked faster, it says the same again. */
  private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(2);

  private static final int HEAD = 0xFF;
  private static final int SENSOR_NUMBER = 0x01;

  /** Manual, command list: read CO2 concentration. */
  private static final int READ = 0x86;

  /** Manual, command list: self-calibration function on and off. */
  private static final int SELF_CALIBRATION = 0x79;

  private static final int ON = 0xA0;
  private static final int OFF = 0x00;

  private static final int BYTES = 9;
  private static final int CHECK_AT = 8;

  /** An answer: what it answers, and the two bytes that follow. */
  private record Answer(int command, int value) {}

  @Override
  public DeviceDescription description() {
    return DeviceDescription.of("mh-z19b", "Winsen MH-Z19B carbon dioxide sensor")
        .gives("CO2", Vocabulary.CO2, Unit.PPM)
        .takes(
            "selfCalibration",
            "",
            "on: the sensor takes the lowest of each day for fresh air of 400 ppm, which is right"
                + " outdoors and where it is aired daily; off: anywhere else, and it has to be"
                + " calibrated by hand");
  }

  /** Manual, General settings: 9600 baud. */
  @Override
  public SerialSettings line() {
    return SerialSettings.of(9600);
  }

  @Override
  public FrameDevice<?> device(Duration interval, DeviceSettings settings) throws DeviceException {
    boolean on = settings.choice("selfCalibration", List.of("on", "off")).equals("on");
    if (interval.compareTo(SHORTEST_INTERVAL) < 0) {
      throw DeviceException.config(
          "a mh-z19b is asked every 2 s at most: choose a longer interval");
    }
    Timetable timetable =
        new Timetable(
            List.of(Step.say(Duration.ZERO, command(SELF_CALIBRATION, on ? ON : OFF))),
            WARM_UP,
            interval,
            List.of(Step.ask(Duration.ZERO, command(READ, 0))),
            List.of());
    return FrameDevice.of(
        timetable,
        MhZ19b::scan,
        () ->
            (answer, results) -> {
              if (answer.command() == READ) {
                results.number("CO2", answer.value());
              }
            });
  }

  private static byte[] command(int command, int value) {
    byte[] bytes = Octets.bytes(HEAD, SENSOR_NUMBER, command, value, 0, 0, 0, 0, 0);
    bytes[CHECK_AT] = (byte) checksum(bytes, 0);
    return bytes;
  }

  /** Manual, Checksum: the negated sum of bytes 1 to 7, plus 1. */
  private static int checksum(byte[] bytes, int at) {
    return -Checksums.sum(bytes, at + 1, at + CHECK_AT) & 0xff;
  }

  private static Scan<Answer> scan(byte[] bytes) {
    return FrameSearch.scan(bytes, MhZ19b::answerAt);
  }

  private static Find<Answer> answerAt(byte[] bytes, int at) {
    boolean known =
        Octets.begins(bytes, at, HEAD, READ) || Octets.begins(bytes, at, HEAD, SELF_CALIBRATION);
    if (!known) {
      return Find.none();
    }
    if (bytes.length - at < BYTES) {
      return Find.unfinished();
    }
    if (Octets.at(bytes, at + CHECK_AT) != checksum(bytes, at)) {
      return Find.none();
    }
    return Find.frame(new Answer(Octets.at(bytes, at + 1), Octets.pair(bytes, at + 2)), BYTES);
  }
}
