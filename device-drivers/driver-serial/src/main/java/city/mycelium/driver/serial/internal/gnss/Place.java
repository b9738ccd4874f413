package city.mycelium.driver.serial.internal.gnss;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Latitude and longitude in WGS 84 degrees, as a sentence gives them. */
record Place(double latitude, double longitude) {

  private static final double LATITUDE_LIMIT = 90;
  private static final double LONGITUDE_LIMIT = 180;

  /** The four fields from this one on: latitude, N or S, longitude, E or W; null if not whole. */
  static @Nullable Place in(NmeaSentence sentence, int field) {
    OptionalDouble latitude = sentence.angle(field, 'N', 'S', LATITUDE_LIMIT);
    OptionalDouble longitude = sentence.angle(field + 2, 'E', 'W', LONGITUDE_LIMIT);
    return latitude.isPresent() && longitude.isPresent()
        ? new Place(latitude.getAsDouble(), longitude.getAsDouble())
        : null;
  }
}
