package city.mycelium.aggregation.internal.fold;

import city.mycelium.api.observation.Statistic;
import java.util.Map;
import java.util.TreeMap;

/**
 * Speeds of vehicles, each the mean over some time; in the unit of the Datastream. Its companion is
 * the number of vehicles that were counted in the same time.
 *
 * <ul>
 *   <li>{@code mean}, {@code min}, {@code max}: of the results, every one alike.
 *   <li>{@code weighted-mean}: each result weighed by its vehicles, so it is the mean speed of the
 *       vehicles; {@code pairs} says of how many results. Not given if no vehicle was counted.
 * </ul>
 *
 * Added exactly and rounded once, but for the product of speed and vehicles.
 */
public record VehicleSpeed() implements PairedFunction {

  private static final double MOST = 1e9;

  @Override
  public String name() {
    return "vehicle-speed";
  }

  @Override
  public boolean accepts(double speed) {
    return 0 <= speed && speed <= MOST;
  }

  @Override
  public boolean acceptsCompanion(double vehicles) {
    return 0 <= vehicles && vehicles <= MOST;
  }

  @Override
  public Map<Statistic, Double> statistics(Pairs pairs) {
    Speeds speeds = new Speeds();
    pairs.each(speeds::add);
    pairs.eachPair(speeds::add);
    Map<Statistic, Double> statistics = new TreeMap<>();
    statistics.put(Statistic.MIN, speeds.min);
    statistics.put(Statistic.MEAN, speeds.sum.mean(pairs.count()));
    statistics.put(Statistic.MAX, speeds.max);
    if (speeds.pairs > 0) {
      statistics.put(Statistic.PAIRS, (double) speeds.pairs);
    }
    if (speeds.vehicles.total() > 0) {
      statistics.put(Statistic.WEIGHTED_MEAN, speeds.weighed.total() / speeds.vehicles.total());
    }
    return statistics;
  }

  private static final class Speeds {
    private final ExactSum sum = new ExactSum();
    private final ExactSum weighed = new ExactSum();
    private final ExactSum vehicles = new ExactSum();
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private long pairs;

    void add(double speed) {
      sum.add(speed);
      min = Math.min(min, speed);
      max = Math.max(max, speed);
    }

    void add(double speed, double counted) {
      weighed.add(speed * counted);
      vehicles.add(counted);
      pairs++;
    }
  }
}
