package city.mycelium.driver.serial.internal.gnss;

import city.mycelium.api.driver.Channel;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.ObservedProperty;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import city.mycelium.driver.serial.internal.device.Scan;
import city.mycelium.driver.serial.internal.device.SerialDevice;
import city.mycelium.driver.serial.internal.device.Timetable;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A satellite receiver: where it is, how it knows, and whether its time can be believed. It talks
 * of its own accord; one fix of each interval is taken. Immutable.
 *
 * <p>Source: NMEA 0183 (IEC 61162-1) as described in "NMEA Revealed" 2.24 (gpsd).
 */
public final class Gnss implements SerialDevice<NmeaSentence> {

  /** What most receivers speak from the factory; the standard's own 4800 has become rare. */
  private static final int BAUD = 9600;

  /**
   * How late a sentence is at most when it is read: sent within the second that it tells ("NMEA
   * Revealed" 2.24, section "Dates and times"), and read at most 200 ms after it came
   * (Conversation).
   */
  private static final long LATE_MILLIS = 1_200;

  private static final OptionalLong NO_TIME = OptionalLong.empty();

  // No public vocabulary defines how well a receiver does.
  private static final ObservedProperty FIX = words("fix");
  private static final ObservedProperty SATELLITES = number("satellites", 99);
  private static final ObservedProperty HDOP = number("hdop", 50);
  private static final ObservedProperty TIME_VALID = words("time-valid");

  private final DeviceId id;
  private final Duration interval;
  private final Channel position;
  private final Channel quality;
  private final Channel satellites;
  private final Channel hdop;
  private final Channel timeValid;

  /**
   * A receiver.
   *
   * @param interval how often a position is wanted
   */
  public Gnss(DeviceId id, Duration interval) {
    this.id = id;
    this.interval = interval;
    position = channel("position", Vocabulary.POSITION, Unit.DEGREE);
    quality = channel("fix", FIX, Unit.ONE);
    satellites = channel("satellites", SATELLITES, Unit.ONE);
    hdop = channel("hdop", HDOP, Unit.ONE);
    timeValid = channel("time-valid", TIME_VALID, Unit.ONE);
  }

  @Override
  public DeviceId id() {
    return id;
  }

  @Override
  public int baud() {
    return BAUD;
  }

  @Override
  public Timetable timetable() {
    return Timetable.listenOnly(interval);
  }

  @Override
  public Scan<NmeaSentence> scan(byte[] bytes) {
    return NmeaSentence.scan(bytes);
  }

  @Override
  public Function<NmeaSentence, List<Reading>> reader() {
    FixAssembler assembler = new FixAssembler();
    return sentence -> assembler.add(sentence).map(this::readings).orElse(List.of());
  }

  /**
   * RMC alone tells time, date and that both come from satellites; ZDA does not say the last, and
   * no receiver sends it without RMC. The time is that of the fix, at the beginning of the second
   * that the sentence is sent in.
   */
  @Override
  public Optional<TimeTold> timeIn(NmeaSentence sentence) {
    OptionalLong utc = Rmc.of(sentence).map(rmc -> new GnssFix(rmc, null).utc()).orElse(NO_TIME);
    return utc.isPresent()
        ? Optional.of(new TimeTold("gnss", utc.getAsLong() + LATE_MILLIS / 2, LATE_MILLIS / 2))
        : Optional.empty();
  }

  private List<Reading> readings(GnssFix fix) {
    PhenomenonTime time = fix.utc().isPresent() ? PhenomenonTime.at(fix.utc().getAsLong()) : null;
    List<Reading> readings = new ArrayList<>();
    fix.place().ifPresent(p -> readings.add(reading(position, time, position(p, fix))));
    readings.add(reading(quality, time, new Result.Category(fix.quality().word())));
    fix.satellites()
        .ifPresent(n -> readings.add(reading(satellites, time, new Result.Measurement(n))));
    fix.hdop().ifPresent(d -> readings.add(reading(hdop, time, new Result.Measurement(d))));
    if (fix.tellsTime()) {
      readings.add(reading(timeValid, time, new Result.Truth(time != null)));
    }
    return readings;
  }

  private static Result position(Place place, GnssFix fix) {
    Double altitude = fix.altitude().isPresent() ? fix.altitude().getAsDouble() : null;
    return new Result.Position(place.latitude(), place.longitude(), altitude);
  }

  private static Reading reading(Channel channel, @Nullable PhenomenonTime time, Result result) {
    return new Reading(channel, time, result, null);
  }

  private Channel channel(String name, ObservedProperty property, Unit unit) {
    return new Channel(id, name, property, unit, interval);
  }

  private static ObservedProperty number(String name, double max) {
    return ofReceiver(name, 0, max);
  }

  /** A property whose results are no numbers. */
  private static ObservedProperty words(String name) {
    return ofReceiver(name, -Double.MAX_VALUE, Double.MAX_VALUE);
  }

  private static ObservedProperty ofReceiver(String name, double min, double max) {
    return new ObservedProperty(
        "gnss-" + name, URI.create("urn:x-mycelium:property:gnss-" + name), Unit.ONE, min, max);
  }
}
