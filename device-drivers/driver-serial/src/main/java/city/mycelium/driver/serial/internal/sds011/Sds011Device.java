package city.mycelium.driver.serial.internal.sds011;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.FrameDevice;
import city.mycelium.api.device.Scan;
import city.mycelium.api.device.Step;
import city.mycelium.api.device.Timetable;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * An SDS011: PM2.5 and PM10 in ug/m3, 0.1 resolution, counted optically with a laser that lasts
 * about 8000 hours. Immutable.
 *
 * <p>Source: Nova Fitness, "Laser Dust Sensor Control Protocol" V1.3 (2015), here "LDSCP".
 */
final class Sds011Device implements FrameDevice<Sds011Frame> {

  /** LDSCP 3.4: the data is stable when the sensor has worked for 30 s. */
  static final Duration WARM_UP = Duration.ofSeconds(30);

  /** Between two commands, so that the sensor has answered the last one. */
  private static final Duration BREATH = Duration.ofSeconds(1);

  /** From the question to the end of the laser's work: time for the answer. */
  private static final Duration ANSWER = Duration.ofSeconds(3);

  /** LDSCP 3.2: do not ask more often. */
  private static final Duration SHORTEST_QUERY_INTERVAL = Duration.ofSeconds(3);

  private static final double TENTHS = 10.0;

  /** Who starts the talking, and what the laser does in between. */
  enum Mode {
    /** The sensor reports every second; one report of each interval is taken. */
    ACTIVE,
    /** The sensor is asked once in each interval, and works all the time. */
    QUERY,
    /** The sensor is woken, warms up, is asked, and sleeps again: spares fan and laser. */
    DUTY
  }

  private final int chip;
  private final Timetable timetable;

  /**
   * A sensor.
   *
   * @param chip the sensor's own id, 0xFFFF for any: what others say is not read
   * @param interval how often a pair of results is wanted
   * @param warmUp how long after it was woken its results are not taken; see {@link #WARM_UP}
   * @throws DeviceException if the mode cannot keep the interval
   */
  Sds011Device(int chip, Mode mode, Duration interval, Duration warmUp) throws DeviceException {
    this.chip = chip;
    this.timetable = timetable(new Sds011Commands(chip), mode, interval, warmUp);
  }

  @Override
  public Timetable timetable() {
    return timetable;
  }

  @Override
  public Scan<Sds011Frame> scan(byte[] bytes) {
    return Sds011Frame.scan(bytes);
  }

  @Override
  public FrameReader<Sds011Frame> reader() {
    return (frame, results) -> {
      if (frame.kind() == Sds011Frame.DATA && isOurs(frame)) {
        results.number(Sds011.PM2_5, frame.pm25Tenths() / TENTHS);
        results.number(Sds011.PM10, frame.pm10Tenths() / TENTHS);
      }
    };
  }

  private boolean isOurs(Sds011Frame frame) {
    return chip == Sds011Commands.ANY_CHIP || chip == frame.chip();
  }

  /**
   * Wakes the sensor first: asleep it hears nothing else. Then turns its own working period off,
   * which it would remember from an earlier owner, and sets the reporting mode.
   */
  private static Timetable timetable(
      Sds011Commands commands, Mode mode, Duration interval, Duration warmUp)
      throws DeviceException {
    requireInterval(mode, interval, warmUp);
    byte[] reporting =
        mode == Mode.ACTIVE ? commands.reportOfYourOwnAccord() : commands.reportWhenAsked();
    List<Step> opening =
        List.of(
            Step.say(Duration.ZERO, commands.work()),
            Step.say(BREATH, commands.workingPeriod(0)),
            Step.say(BREATH.multipliedBy(2), reporting));
    Duration settled = BREATH.multipliedBy(3);
    Duration warm = settled.compareTo(warmUp) > 0 ? settled : warmUp;
    return switch (mode) {
      case ACTIVE ->
          new Timetable(opening, warm, interval, List.of(Step.listen(Duration.ZERO)), List.of());
      case QUERY ->
          new Timetable(
              opening,
              warm,
              interval,
              List.of(Step.ask(Duration.ZERO, commands.queryData())),
              List.of());
      case DUTY ->
          new Timetable(
              opening,
              settled,
              interval,
              List.of(
                  Step.say(Duration.ZERO, commands.work()),
                  Step.ask(warmUp, commands.queryData()),
                  Step.say(warmUp.plus(ANSWER), commands.sleep())),
              List.of(Step.say(Duration.ZERO, commands.sleep())));
    };
  }

  private static void requireInterval(Mode mode, Duration interval, Duration warmUp)
      throws DeviceException {
    Duration shortest =
        switch (mode) {
          case ACTIVE -> BREATH;
          case QUERY -> SHORTEST_QUERY_INTERVAL;
          case DUTY -> warmUp.plus(ANSWER).plus(BREATH);
        };
    if (interval.compareTo(shortest) < 0) {
      throw DeviceException.config(
          "an sds011 in mode "
              + mode.name().toLowerCase(Locale.ROOT)
              + " gives results every "
              + shortest.toSeconds()
              + " s at most, not every "
              + interval.toSeconds()
              + " s: choose a longer interval or another mode");
    }
  }
}
