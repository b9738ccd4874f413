package city.mycelium.simulator.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Something that is made to go wrong, or right again.
 *
 * @param at after the beginning
 */
record Mishap(Duration at, Kind kind) {

  /** Of which kind. */
  enum Kind {
    BROKER_STOPS,
    BROKER_RETURNS,
    GATEWAY_KILLED
  }

  /** Never the same moment twice, however many: steps of the golden angle around the middle. */
  private static final double GOLDEN_STEP = 0.381966;

  private static final double EARLIEST = 0.15;
  private static final double LATEST = 0.85;

  /**
   * What is to go wrong in a demonstration: the broker is away in the middle, the first kill falls
   * into that, the others spread over the rest.
   *
   * @param outage zero for none; shorter than the duration
   */
  static List<Mishap> plan(Duration duration, Duration outage, int kills) {
    List<Mishap> plan = new ArrayList<>();
    if (!outage.isZero()) {
      Duration start = duration.minus(outage).dividedBy(2);
      plan.add(new Mishap(start, Kind.BROKER_STOPS));
      plan.add(new Mishap(start.plus(outage), Kind.BROKER_RETURNS));
    }
    for (int i = 0; i < kills; i++) {
      double turn = (0.5 + i * GOLDEN_STEP) % 1;
      double fraction = EARLIEST + (LATEST - EARLIEST) * turn;
      plan.add(
          new Mishap(
              Duration.ofMillis(Math.round(fraction * duration.toMillis())), Kind.GATEWAY_KILLED));
    }
    plan.sort(Comparator.comparing(Mishap::at));
    return List.copyOf(plan);
  }
}
