package city.mycelium.driver.serial.internal.gnss;

import city.mycelium.api.device.FrameDevice;
import city.mycelium.api.device.Results;
import city.mycelium.api.device.Scan;
import city.mycelium.api.device.Timetable;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A receiver: it talks of its own accord; one fix of each interval is taken. Immutable.
 *
 * <p>Source: NMEA 0183 (IEC 61162-1) as described in "NMEA Revealed" 2.24 (gpsd).
 */
final class GnssDevice implements FrameDevice<NmeaSentence> {

  /**
   * How late a sentence is at most when it is read: sent within the second that it tells ("NMEA
   * Revealed" 2.24, section "Dates and times"), and read at most 200 ms after it came
   * (Conversation).
   */
  private static final long LATE_MILLIS = 1_200;

  private static final OptionalLong NO_TIME = OptionalLong.empty();

  private final Duration interval;

  /**
   * A receiver.
   *
   * @param interval how often a position is wanted
   */
  GnssDevice(Duration interval) {
    this.interval = interval;
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
  public FrameReader<NmeaSentence> reader() {
    FixAssembler assembler = new FixAssembler();
    return (sentence, results) -> assembler.add(sentence).ifPresent(fix -> put(fix, results));
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

  private static void put(GnssFix fix, Results results) {
    OptionalLong utc = fix.utc();
    if (utc.isPresent()) {
      results.at(PhenomenonTime.at(utc.getAsLong()));
    }
    fix.place().ifPresent(place -> results.put(Gnss.POSITION, position(place, fix)));
    results.category(Gnss.FIX, fix.quality().word());
    fix.satellites().ifPresent(n -> results.number(Gnss.SATELLITES, n));
    fix.hdop().ifPresent(hdop -> results.number(Gnss.HDOP, hdop));
    if (fix.tellsTime()) {
      results.truth(Gnss.TIME_VALID, utc.isPresent());
    }
  }

  private static Result position(Place place, GnssFix fix) {
    Double altitude = fix.altitude().isPresent() ? fix.altitude().getAsDouble() : null;
    return new Result.Position(place.latitude(), place.longitude(), altitude);
  }
}
