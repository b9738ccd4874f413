package city.mycelium.driver.serial.internal.air;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.FrameDevice;
import city.mycelium.api.device.Results;
import city.mycelium.api.device.SerialSensor;
import city.mycelium.api.device.SerialSettings;
import city.mycelium.api.device.Step;
import city.mycelium.api.device.Timetable;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import city.mycelium.driver.serial.internal.frame.FrameSearch;
import java.time.Duration;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/**
 * The dust sensor SPS30 on its UART.
 *
 * <p>Source: Sensirion, "Datasheet SPS30" (March 2020, D1), here "SPS".
 */
@Component
public final class Sps30 implements SerialSensor {

  /** SPS 1.1, table 1: 8 to 30 s until its number concentrations are within 10 %. */
  private static final Duration WARM_UP = Duration.ofSeconds(30);

  /** SPS 5.3, table 6: no command takes longer; to be asked for status first, then for values. */
  private static final Duration BREATH = Duration.ofMillis(200);

  private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);

  /** SPS 5.3.1: start measurement, sub-command 1, values as big-endian IEEE 754 floats. */
  private static final int START = 0x00;

  private static final int SUB_COMMAND = 0x01;
  private static final int AS_FLOATS = 0x03;

  /** SPS 5.3.2 and 5.3.3. */
  private static final int STOP = 0x01;

  private static final int READ_VALUES = 0x03;

  /** SPS 5.3.10: read device status register, without clearing it. */
  private static final int READ_STATUS = 0xD2;

  private static final int DO_NOT_CLEAR = 0x00;

  /** SPS 5.2, table 7: the command is not allowed in the current state. */
  private static final int NOT_NOW = 0x43;

  /** SPS 5.1: the state's highest bit tells of the device, the others of the command. */
  private static final int OF_THE_COMMAND = 0x7F;

  /** SPS 4.4, device status register. */
  private static final int FAN_SPEED = 1 << 21;

  private static final int LASER = 1 << 5;
  private static final int FAN = 1 << 4;

  /** SPS 4.3, table 4: ten floats in this order, of which the last, a size, has no use here. */
  private static final List<String> OUTPUTS =
      List.of("PM1", "PM2.5", "PM4", "PM10", "N0.5", "N1.0", "N2.5", "N4.0", "N10");

  private static final int FLOAT_BYTES = 4;
  private static final int VALUES_BYTES = 40;

  @Override
  public DeviceDescription description() {
    DeviceDescription kind =
        DeviceDescription.of("sps30", "Sensirion SPS30 particulate matter sensor, UART")
            .gives("PM1", Vocabulary.PM1, Unit.MICROGRAM_PER_CUBIC_METRE)
            .gives("PM2.5", Vocabulary.PM2_5, Unit.MICROGRAM_PER_CUBIC_METRE)
            .gives("PM4", Vocabulary.PM4, Unit.MICROGRAM_PER_CUBIC_METRE)
            .gives("PM10", Vocabulary.PM10, Unit.MICROGRAM_PER_CUBIC_METRE);
    for (String count : OUTPUTS.subList(4, OUTPUTS.size())) {
      kind = kind.gives(count, Vocabulary.PARTICLE_NUMBER, Unit.PER_CUBIC_CENTIMETRE);
    }
    return kind;
  }

  /** SPS 5: 115200 baud. */
  @Override
  public SerialSettings line() {
    return SerialSettings.of(115_200);
  }

  @Override
  public FrameDevice<?> device(Duration interval, DeviceSettings settings) throws DeviceException {
    if (interval.compareTo(SHORTEST_INTERVAL) < 0) {
      throw DeviceException.config("an sps30 has new values each second: choose a longer interval");
    }
    Timetable timetable =
        new Timetable(
            List.of(Step.say(Duration.ZERO, Shdlc.command(START, SUB_COMMAND, AS_FLOATS))),
            WARM_UP,
            interval,
            List.of(
                Step.say(Duration.ZERO, Shdlc.command(READ_STATUS, DO_NOT_CLEAR)),
                Step.ask(BREATH, Shdlc.command(READ_VALUES))),
            List.of(Step.say(Duration.ZERO, Shdlc.command(STOP))));
    return FrameDevice.of(
        timetable, bytes -> FrameSearch.scan(bytes, Shdlc::answerAt), Reader::new);
  }

  /** Remembers how the device was when it was last asked. For one thread. */
  private static final class Reader implements FrameDevice.FrameReader<Shdlc.Answer> {

    private int status;

    @Override
    public void read(Shdlc.Answer answer, Results results) throws DeviceException {
      if (answer.command() == READ_STATUS && answer.data().size() > FLOAT_BYTES) {
        status = number(answer.data(), 0);
      }
      if (answer.command() == READ_VALUES) {
        requireWell(answer);
        // SPS 5.3.3: no data means that there is no new measurement.
        if (answer.data().size() == VALUES_BYTES) {
          for (int i = 0; i < OUTPUTS.size(); i++) {
            float value = Float.intBitsToFloat(number(answer.data(), i * FLOAT_BYTES));
            if (!Float.isFinite(value)) {
              throw DeviceException.corrupt("it says " + value + " for " + OUTPUTS.get(i));
            }
            results.number(OUTPUTS.get(i), value);
          }
        }
      }
    }

    private void requireWell(Shdlc.Answer answer) throws DeviceException {
      int refusal = answer.state() & OF_THE_COMMAND;
      if (refusal == NOT_NOW) {
        throw DeviceException.stale(
            "it does not measure: it lost its power for a moment; it is started again");
      }
      if (refusal != 0) {
        throw DeviceException.corrupt("it refuses to be read, error " + refusal);
      }
      if ((status & FAN) != 0) {
        throw DeviceException.corrupt("its fan is blocked or broken: clean or replace it");
      }
      if ((status & LASER) != 0) {
        throw DeviceException.corrupt("its laser's current is out of range: replace it");
      }
      if ((status & FAN_SPEED) != 0) {
        throw DeviceException.corrupt("its fan is too fast or too slow: clean it, check its 5 V");
      }
      if (answer.state() != 0) {
        throw DeviceException.corrupt("it says that it is not well: switch it off and on");
      }
    }

    private static int number(List<Integer> octets, int at) {
      int number = 0;
      for (int i = at; i < at + FLOAT_BYTES; i++) {
        number = number << 8 | octets.get(i);
      }
      return number;
    }
  }
}
