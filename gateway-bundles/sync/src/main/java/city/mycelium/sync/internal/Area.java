package city.mycelium.sync.internal;

import city.mycelium.api.observation.Result.Position;

/**
 * A rectangle in WGS 84 degrees, its edges included. One whose west lies east of its east goes
 * across the 180th meridian (RFC 7946, 5.2).
 */
public record Area(double south, double west, double north, double east) {

  public Area {
    if (!(south >= -90 && south <= north && north <= 90)) {
      throw new IllegalArgumentException(
          "an area's latitudes are -90 <= south <= north <= 90, not " + south + " and " + north);
    }
    if (!(Math.abs(west) <= 180 && Math.abs(east) <= 180)) {
      throw new IllegalArgumentException(
          "an area's longitudes are -180 to 180, not " + west + " and " + east);
    }
  }

  /**
   * Reads {@code south,west,north,east}.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static Area of(String text) {
    String[] parts = text.split(",", -1);
    if (parts.length == 4) {
      try {
        return new Area(number(parts[0]), number(parts[1]), number(parts[2]), number(parts[3]));
      } catch (NumberFormatException e) {
        // Said below, as for another number of numbers.
      }
    }
    throw new IllegalArgumentException(
        "an area is south,west,north,east in degrees such as 52.49,6.05,52.53,6.12, not '"
            + text
            + "'");
  }

  private static double number(String text) {
    return Double.parseDouble(text.strip());
  }

  boolean contains(Position place) {
    double latitude = place.latitude();
    double longitude = place.longitude();
    boolean isBetween =
        west <= east
            ? west <= longitude && longitude <= east
            : west <= longitude || longitude <= east;
    return south <= latitude && latitude <= north && isBetween;
  }
}
