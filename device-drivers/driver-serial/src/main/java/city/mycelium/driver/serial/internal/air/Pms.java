package city.mycelium.driver.serial.internal.air;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.FrameDevice;
import city.mycelium.api.device.Results;
import city.mycelium.api.device.Scan;
import city.mycelium.api.device.SerialSensor;
import city.mycelium.api.device.SerialSettings;
import city.mycelium.api.device.Step;
import city.mycelium.api.device.Timetable;
import city.mycelium.api.observation.ObservedProperty;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import city.mycelium.driver.serial.internal.frame.Checksums;
import city.mycelium.driver.serial.internal.frame.FrameSearch;
import city.mycelium.driver.serial.internal.frame.FrameSearch.Find;
import city.mycelium.driver.serial.internal.frame.Octets;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/**
 * The dust sensors PMS5003 and PMS7003.
 *
 * <p>Source: Plantower, "PMS7003 series data manual" (2016, V2.5), here "PMS7"; that of the PMS5003
 * (2016, V2.3) says the same, but calls data 13 reserved.
 */
@Component
public final class Pms implements SerialSensor {

  /** PMS7, Output result: the fan needs 30 s before the data is stable. */
  private static final Duration WARM_UP = Duration.ofSeconds(30);

  private static final Duration BREATH = Duration.ofSeconds(1);

  /** From the question to the end of the laser's work: time for the answer. */
  private static final Duration ANSWER = Duration.ofSeconds(2);

  /** PMS7, appendix I and II: start characters. */
  private static final int HEAD_1 = 0x42;

  private static final int HEAD_2 = 0x4D;

  /** PMS7, appendix I: frame length of a data frame, 13 data of 2 bytes and the check. */
  private static final int DATA_LENGTH = 28;

  /** What the sensor answers to a command: the command, its data, and the check. */
  private static final int ANSWER_LENGTH = 4;

  private static final int BEFORE_LENGTH_COUNTS = 4;
  private static final int LENGTH_AT = 2;
  private static final int CHECK_BYTES = 2;

  /** PMS7, appendix II: commands, with their data. */
  private static final int CHANGE_MODE = 0xE1;

  private static final int READ_IN_PASSIVE_MODE = 0xE2;
  private static final int SLEEP_SET = 0xE4;
  private static final int PASSIVE = 0;
  private static final int ACTIVE = 1;
  private static final int SLEEP = 0;
  private static final int WAKE_UP = 1;

  /** PMS7, appendix I, data 1 to 6: concentrations in ug/m3, in this order. */
  private static final List<String> CONCENTRATIONS =
      List.of("PM1-CF1", "PM2.5-CF1", "PM10-CF1", "PM1", "PM2.5", "PM10");

  /** PMS7, appendix I, data 7 to 12: particles beyond so many um in 0.1 L of air. */
  private static final List<String> COUNTS = List.of("N0.3", "N0.5", "N1.0", "N2.5", "N5.0", "N10");

  private static final double CUBIC_CENTIMETRES_IN_TENTH_OF_A_LITRE = 100.0;

  /** PMS7, appendix I, data 13: the version in the high byte, an error code in the low one. */
  private static final int VERSION_AND_ERROR = 12;

  /** A frame's words: 13 for data, 1 for an answer. */
  private record Frame(List<Integer> words) {
    boolean isData() {
      return words.size() > VERSION_AND_ERROR;
    }
  }

  @Override
  public DeviceDescription description() {
    DeviceDescription kind =
        DeviceDescription.of("pms", "Plantower PMS5003 and PMS7003 particulate matter sensors")
            .every(Duration.ofMinutes(2))
            .takes(
                "mode",
                "duty",
                "duty wakes the sensor for each result and so spares its laser; passive lets it run"
                    + " and asks it; active lets it run and talk by itself, also where its RX is not"
                    + " connected");
    for (String name : CONCENTRATIONS) {
      kind = kind.gives(name, property(name), Unit.MICROGRAM_PER_CUBIC_METRE);
    }
    for (String name : COUNTS) {
      kind = kind.gives(name, Vocabulary.PARTICLE_NUMBER, Unit.PER_CUBIC_CENTIMETRE);
    }
    return kind;
  }

  /**
   * CF=1 is for standard particles, in a factory's air; what is in the atmosphere is the plain
   * name. The first is no pollutant of any vocabulary.
   */
  private static ObservedProperty property(String name) {
    return switch (name) {
      case "PM1" -> Vocabulary.PM1;
      case "PM2.5" -> Vocabulary.PM2_5;
      case "PM10" -> Vocabulary.PM10;
      default ->
          new ObservedProperty(
              name,
              URI.create("urn:x-mycelium:property:" + name),
              Unit.MICROGRAM_PER_CUBIC_METRE,
              0,
              3_000);
    };
  }

  /** PMS7, Appendix I: 9600 baud. */
  @Override
  public SerialSettings line() {
    return SerialSettings.of(9600);
  }

  @Override
  public FrameDevice<?> device(Duration interval, DeviceSettings settings) throws DeviceException {
    String mode = settings.choice("mode", List.of("duty", "passive", "active"));
    return FrameDevice.of(timetable(mode, interval), Pms::scan, () -> Pms::read);
  }

  private static Timetable timetable(String mode, Duration interval) throws DeviceException {
    Step wake = Step.say(Duration.ZERO, command(SLEEP_SET, WAKE_UP));
    Duration shortest = mode.equals("duty") ? WARM_UP.plus(ANSWER).plus(BREATH) : BREATH;
    if (interval.compareTo(shortest) < 0) {
      throw DeviceException.config(
          "a pms in mode "
              + mode
              + " gives results every "
              + shortest.toSeconds()
              + " s at most: choose a longer interval or another mode");
    }
    if (mode.equals("duty")) {
      // It wakes up in the mode that it had when the power came: active. Asked, it answers too.
      Step sleep = Step.say(WARM_UP.plus(ANSWER), command(SLEEP_SET, SLEEP));
      return new Timetable(
          List.of(),
          Duration.ZERO,
          interval,
          List.of(wake, Step.ask(WARM_UP, command(READ_IN_PASSIVE_MODE, 0)), sleep),
          List.of(Step.say(Duration.ZERO, command(SLEEP_SET, SLEEP))));
    }
    boolean active = mode.equals("active");
    return new Timetable(
        List.of(wake, Step.say(BREATH, command(CHANGE_MODE, active ? ACTIVE : PASSIVE))),
        WARM_UP,
        interval,
        List.of(
            active
                ? Step.listen(Duration.ZERO)
                : Step.ask(Duration.ZERO, command(READ_IN_PASSIVE_MODE, 0))),
        List.of());
  }

  /** PMS7, appendix II: start characters, command, data high and low, the sum of all of these. */
  private static byte[] command(int command, int data) {
    int sum = HEAD_1 + HEAD_2 + command + data;
    return Octets.bytes(HEAD_1, HEAD_2, command, 0, data, sum >> 8, sum & 0xff);
  }

  private static Scan<Frame> scan(byte[] bytes) {
    return FrameSearch.scan(bytes, Pms::frameAt);
  }

  private static Find<Frame> frameAt(byte[] bytes, int at) {
    if (!Octets.begins(bytes, at, HEAD_1, HEAD_2, 0)) {
      return Find.none();
    }
    if (bytes.length - at < BEFORE_LENGTH_COUNTS) {
      return Find.unfinished();
    }
    int length = Octets.pair(bytes, at + LENGTH_AT);
    if (length != DATA_LENGTH && length != ANSWER_LENGTH) {
      return Find.none();
    }
    int check = at + BEFORE_LENGTH_COUNTS + length - CHECK_BYTES;
    if (check + CHECK_BYTES > bytes.length) {
      return Find.unfinished();
    }
    // PMS7, appendix I: the sum of all bytes from the first start character to data 13.
    if (Checksums.sum(bytes, at, check) != Octets.pair(bytes, check)) {
      return Find.none();
    }
    List<Integer> words = new ArrayList<>();
    for (int i = at + BEFORE_LENGTH_COUNTS; i < check; i += 2) {
      words.add(Octets.pair(bytes, i));
    }
    return Find.frame(new Frame(words), check + CHECK_BYTES - at);
  }

  private static void read(Frame frame, Results results) throws DeviceException {
    if (!frame.isData()) {
      return;
    }
    int error = frame.words().get(VERSION_AND_ERROR) & 0xff;
    if (error != 0) {
      throw DeviceException.corrupt(
          "it reports the error "
              + Integer.toHexString(error)
              + " (data 13): switch it off and on, and replace it if that does not help");
    }
    for (int i = 0; i < CONCENTRATIONS.size(); i++) {
      results.number(CONCENTRATIONS.get(i), frame.words().get(i));
    }
    for (int i = 0; i < COUNTS.size(); i++) {
      int count = frame.words().get(CONCENTRATIONS.size() + i);
      results.number(COUNTS.get(i), count / CUBIC_CENTIMETRES_IN_TENTH_OF_A_LITRE);
    }
  }
}
