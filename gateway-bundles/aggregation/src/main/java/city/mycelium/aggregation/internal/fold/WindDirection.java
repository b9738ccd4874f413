package city.mycelium.aggregation.internal.fold;

import city.mycelium.api.observation.Statistic;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the wind came from; degrees clockwise from north, 0 up to 360. Its companion is the speed
 * of the wind, in whatever unit.
 *
 * <ul>
 *   <li>{@code direction}: that of the mean unit vector, every result alike (EPA-454/R-99-005,
 *       6.2.2, unit vector mean). It needs no speed; a calm that still tells a direction weighs as
 *       much as a storm.
 *   <li>{@code resultant-direction}: that of the mean vector, each result weighed by the speed of
 *       the same time (there, 6.2.2, resultant mean); {@code pairs} says of how many. A calm weighs
 *       nothing.
 * </ul>
 *
 * Neither is given where the vectors cancel out, as of north and south: then there is none. Vectors
 * are added exactly; what is rounded are the sine and cosine of each result.
 */
public record WindDirection() implements PairedFunction {

  /** More than any wind in any unit; so no sum of vectors is beyond a double. */
  private static final double MOST_SPEED = 1e6;

  /** Shorter than this share of its parts a sum is what rounding has left over. */
  private static final double CANCELLED = 1e-12;

  @Override
  public String name() {
    return "wind-direction";
  }

  @Override
  public boolean accepts(double degrees) {
    return 0 <= degrees && degrees <= 360;
  }

  @Override
  public boolean acceptsCompanion(double speed) {
    return 0 <= speed && speed <= MOST_SPEED;
  }

  @Override
  public Map<Statistic, Double> statistics(Pairs pairs) {
    Vectors units = new Vectors();
    Vectors weighed = new Vectors();
    pairs.each(degrees -> units.add(degrees, 1));
    pairs.eachPair(weighed::add);
    Map<Statistic, Double> statistics = new TreeMap<>();
    units.put(Statistic.DIRECTION, statistics);
    if (weighed.count > 0) {
      statistics.put(Statistic.PAIRS, (double) weighed.count);
      weighed.put(Statistic.RESULTANT_DIRECTION, statistics);
    }
    return statistics;
  }

  /** A sum of vectors. */
  private static final class Vectors {
    private final ExactSum east = new ExactSum();
    private final ExactSum north = new ExactSum();
    private final ExactSum lengths = new ExactSum();
    private long count;

    void add(double degrees, double length) {
      east.add(length * sine(degrees));
      north.add(length * sine(degrees < 270 ? degrees + 90 : degrees - 270));
      lengths.add(length);
      count++;
    }

    void put(Statistic statistic, Map<Statistic, Double> statistics) {
      double x = east.total();
      double y = north.total();
      if (StrictMath.hypot(x, y) > CANCELLED * lengths.total()) {
        double degrees = StrictMath.toDegrees(StrictMath.atan2(x, y));
        double positive = degrees < 0 ? degrees + 360 : degrees;
        statistics.put(statistic, positive == 360 ? 0 : positive); // a hair before north is north
      }
    }
  }

  /**
   * The sine of an angle of 0 to 360 degrees, by way of the first eighth of the circle: so north,
   * east, south and west are exact.
   */
  private static double sine(double degrees) {
    double half = degrees >= 180 ? degrees - 180 : degrees;
    double quarter = half > 90 ? 180 - half : half;
    double magnitude =
        quarter > 45
            ? StrictMath.cos(StrictMath.toRadians(90 - quarter))
            : StrictMath.sin(StrictMath.toRadians(quarter));
    return degrees >= 180 ? -magnitude : magnitude;
  }
}
