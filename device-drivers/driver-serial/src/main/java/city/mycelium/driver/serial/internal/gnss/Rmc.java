package city.mycelium.driver.serial.internal.gnss;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Recommended minimum data: time, date, validity, place ("NMEA Revealed" 2.24, section "RMC").
 *
 * @param timeOfDay UTC, in milliseconds since midnight
 */
record Rmc(
    OptionalLong timeOfDay, FixQuality quality, @Nullable Place place, @Nullable LocalDate date) {

  private static final int TIME = 1;
  private static final int STATUS = 2;
  private static final int PLACE = 3;
  private static final int DATE = 9;
  private static final int MODE = 12;

  static Optional<Rmc> of(NmeaSentence sentence) {
    return sentence.is("RMC")
        ? Optional.of(
            new Rmc(
                sentence.timeOfDay(TIME),
                FixQuality.ofRmc(sentence.text(STATUS), sentence.text(MODE)),
                Place.in(sentence, PLACE),
                sentence.date(DATE)))
        : Optional.empty();
  }

  /** The time of the fix as UTC epoch milliseconds, if the satellites vouch for it. */
  OptionalLong utc() {
    return quality.isMeasured() && date != null && timeOfDay.isPresent()
        ? OptionalLong.of(
            date.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli() + timeOfDay.getAsLong())
        : OptionalLong.empty();
  }
}
