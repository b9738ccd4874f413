package city.mycelium.driver.serial.internal.gnss;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver says of one moment, in RMC and GGA together or in one of them.
 *
 * @param rmc null if it got lost, or the receiver sends none
 * @param gga likewise
 */
record GnssFix(@Nullable Rmc rmc, @Nullable Gga gga) {

  /**
   * A receiver whose firmware is older than the last roll-over of the 10-bit week counter dates
   * everything 1024 weeks back ("NMEA Revealed" 2.24, section "Dates and times"). What it calls
   * earlier than this software is such a time.
   */
  private static final long EARLIEST = Instant.parse("2020-01-01T00:00:00Z").toEpochMilli();

  /** The poorer of the two statements: one of them may lag behind the other. */
  FixQuality quality() {
    if (gga == null) {
      return rmc == null ? FixQuality.NONE : rmc.quality();
    }
    return rmc == null || rmc.quality().isMeasured() ? gga.quality() : rmc.quality();
  }

  /** Where the receiver is, if the satellites say so: never a place remembered or reckoned. */
  Optional<Place> place() {
    if (!quality().isMeasured()) {
      return Optional.empty();
    }
    return Optional.ofNullable(gga == null ? null : gga.place())
        .or(() -> Optional.ofNullable(rmc == null ? null : rmc.place()));
  }

  /** Metres above mean sea level. */
  OptionalDouble altitude() {
    return gga == null || !quality().isMeasured() ? OptionalDouble.empty() : gga.altitude();
  }

  /** Satellites in use. */
  OptionalDouble satellites() {
    return gga == null ? OptionalDouble.empty() : gga.satellites();
  }

  /** Horizontal dilution of precision; means nothing without a fix. */
  OptionalDouble hdop() {
    return gga == null || !quality().isMeasured() ? OptionalDouble.empty() : gga.hdop();
  }

  /** When it was, in UTC epoch milliseconds, if the receiver can be believed. */
  OptionalLong utc() {
    OptionalLong utc = rmc == null ? OptionalLong.empty() : rmc.utc();
    return utc.isPresent() && utc.getAsLong() >= EARLIEST ? utc : OptionalLong.empty();
  }

  /** Whether the receiver said anything about its time: without RMC nothing can be told. */
  boolean tellsTime() {
    return rmc != null;
  }
}
