package city.mycelium.driver.serial.internal.gnss;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Fix data: quality, satellites in use, dilution of precision, altitude ("NMEA Revealed" 2.24,
 * section "GGA").
 *
 * @param timeOfDay UTC, in milliseconds since midnight
 * @param altitude metres above mean sea level
 */
record Gga(
    OptionalLong timeOfDay,
    FixQuality quality,
    @Nullable Place place,
    OptionalDouble satellites,
    OptionalDouble hdop,
    OptionalDouble altitude) {

  private static final int TIME = 1;
  private static final int PLACE = 2;
  private static final int QUALITY = 6;
  private static final int SATELLITES = 7;
  private static final int HDOP = 8;
  private static final int ALTITUDE = 9;
  private static final int ALTITUDE_UNIT = 10;

  static Optional<Gga> of(NmeaSentence sentence) {
    return sentence.is("GGA")
        ? Optional.of(
            new Gga(
                sentence.timeOfDay(TIME),
                FixQuality.ofGga(sentence.text(QUALITY)),
                Place.in(sentence, PLACE),
                sentence.number(SATELLITES),
                sentence.number(HDOP),
                sentence.text(ALTITUDE_UNIT).equals("M")
                    ? sentence.number(ALTITUDE)
                    : OptionalDouble.empty()))
        : Optional.empty();
  }
}
