package city.mycelium.api.consent;

import city.mycelium.api.observation.Result.Position;

/**
 * How exactly a place may be told.
 *
 * @param decimals digits kept of a WGS 84 degree: 0 (about 100 km) to 7 (about 1 cm); 3 is about
 *     100 m
 */
public record LocationPrecision(int decimals) {

  public static final LocationPrecision EXACT = new LocationPrecision(7);

  public LocationPrecision {
    if (decimals < 0 || decimals > 7) {
      throw new IllegalArgumentException(
          "a location precision is 0 to 7 decimals of a degree, not " + decimals);
    }
  }

  /**
   * The same place, snapped to the grid; always to the same point, so that it averages to nothing.
   */
  public Position apply(Position exact) {
    return equals(EXACT)
        ? exact
        : new Position(snap(exact.latitude()), snap(exact.longitude()), null);
  }

  private double snap(double degrees) {
    double grid = Math.pow(10, decimals);
    return Math.round(degrees * grid) / grid;
  }
}
