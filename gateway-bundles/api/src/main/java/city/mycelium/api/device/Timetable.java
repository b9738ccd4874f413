package city.mycelium.api.device;

import java.time.Duration;
import java.util.List;

/**
 * What is said to a device and what is wanted from it: once after the line was opened, then cycle
 * after cycle.
 *
 * @param opening what is done first; times count from the opening of the line
 * @param cyclesFrom when the first cycle begins, counted from the opening of the line
 * @param cycle how long a cycle takes: a set of results is wanted this often
 * @param steps what is done in each; times count from its beginning
 * @param farewell what is said before the line is closed; its times do not matter
 */
public record Timetable(
    List<Step> opening,
    Duration cyclesFrom,
    Duration cycle,
    List<Step> steps,
    List<Step> farewell) {

  public Timetable {
    opening = List.copyOf(opening);
    steps = List.copyOf(steps);
    farewell = List.copyOf(farewell);
    if (cycle.isZero() || cycle.isNegative()) {
      throw new IllegalArgumentException("a cycle must take some time, not " + cycle);
    }
    if (steps.stream().noneMatch(Step::wantsResults)) {
      throw new IllegalArgumentException("a cycle must want results, else nothing is ever read");
    }
    requireOrder(opening, cyclesFrom);
    requireOrder(steps, cycle);
  }

  /** A device that talks of its own accord and takes no commands. */
  public static Timetable listenOnly(Duration cycle) {
    return new Timetable(
        List.of(), Duration.ZERO, cycle, List.of(Step.listen(Duration.ZERO)), List.of());
  }

  /** The step with this number, from 0: those of the opening first, then those of all cycles. */
  public Step step(int number) {
    return number < opening.size() ? opening.get(number) : steps.get(place(number));
  }

  /** When the step with this number is due, counted from the opening of the line. */
  public Duration due(int number) {
    if (number < opening.size()) {
      return opening.get(number).at();
    }
    int cycles = (number - opening.size()) / steps.size();
    return cyclesFrom.plus(cycle.multipliedBy(cycles)).plus(step(number).at());
  }

  private int place(int number) {
    return (number - opening.size()) % steps.size();
  }

  private static void requireOrder(List<Step> steps, Duration end) {
    Duration last = Duration.ZERO;
    for (Step step : steps) {
      if (step.at().compareTo(last) < 0) {
        throw new IllegalArgumentException("the steps of a timetable stand in the order of time");
      }
      last = step.at();
    }
    if (last.compareTo(end) > 0) {
      throw new IllegalArgumentException("steps at " + last + " do not fit into " + end);
    }
  }
}
