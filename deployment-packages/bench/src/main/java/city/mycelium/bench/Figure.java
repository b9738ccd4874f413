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
record Figure(
    String name, String unit, List<Double> runs, OptionalDouble goal, Direction direction) {

  Figure {
    runs = List.copyOf(runs);
  }

  enum Direction {
    AT_LEAST,
    AT_MOST,
    /** Reported only. */
    NONE
  }

  static Figure atLeast(String name, double goal, String unit, double... runs) {
    return new Figure(name, unit, list(runs), OptionalDouble.of(goal), Direction.AT_LEAST);
  }

  static Figure atMost(String name, double goal, String unit, double... runs) {
    return new Figure(name, unit, list(runs), OptionalDouble.of(goal), Direction.AT_MOST);
  }

  static Figure reported(String name, String unit, double... runs) {
    return new Figure(name, unit, list(runs), OptionalDouble.empty(), Direction.NONE);
  }

  private static List<Double> list(double... runs) {
    return Arrays.stream(runs).boxed().toList();
  }

  double median() {
    List<Double> sorted = runs.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  double lowest() {
    return runs.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
  }

  double highest() {
    return runs.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
  }

  /** Whether the median reaches the goal; true where there is none. */
  boolean isReached() {
    return switch (direction) {
      case AT_LEAST -> median() >= goal.orElseThrow();
      case AT_MOST -> median() <= goal.orElseThrow();
      case NONE -> true;
    };
  }
}
