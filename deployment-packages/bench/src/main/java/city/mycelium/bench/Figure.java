package city.mycelium.bench;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One measured figure.
 *
 * @param name what was measured
 * @param unit UCUM-like unit for people
 * @param runs one value per run
 * @param goal the value to reach, if there is one
 * @param direction whether more or less is better
 */
public record Figure(
    String name, String unit, List<Double> runs, OptionalDouble goal, Direction direction) {

  public Figure {
    runs = List.copyOf(runs);
  }

  public enum Direction {
    AT_LEAST,
    AT_MOST,
    /** Reported only. */
    NONE
  }

  public static Figure atLeast(String name, double goal, String unit, double... runs) {
    return new Figure(name, unit, list(runs), OptionalDouble.of(goal), Direction.AT_LEAST);
  }

  public static Figure atMost(String name, double goal, String unit, double... runs) {
    return new Figure(name, unit, list(runs), OptionalDouble.of(goal), Direction.AT_MOST);
  }

  public static Figure reported(String name, String unit, double... runs) {
    return new Figure(name, unit, list(runs), OptionalDouble.empty(), Direction.NONE);
  }

  private static List<Double> list(double... runs) {
    return Arrays.stream(runs).boxed().toList();
  }

  public double median() {
    List<Double> sorted = runs.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  public double lowest() {
    return runs.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
  }

  public double highest() {
    return runs.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
  }

  /** Whether the median reaches the goal; true where there is none. */
  public boolean isReached() {
    return switch (direction) {
      case AT_LEAST -> median() >= goal.orElseThrow();
      case AT_MOST -> median() <= goal.orElseThrow();
      case NONE -> true;
    };
  }
}
