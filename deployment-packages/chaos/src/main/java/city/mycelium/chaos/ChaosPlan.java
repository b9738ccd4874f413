package city.mycelium.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * What goes wrong, in which order, how long after one another: follows from the counts and the seed
 * alone.
 *
 * @param counts how often each fault happens; kills in the middle of others included
 */
record ChaosPlan(Map<Fault, Integer> counts, List<Step> steps) {

  /** Short enough to hit a gateway that is still starting, long enough to let others work. */
  private static final int SHORTEST_PAUSE_MILLIS = 300;

  private static final int LONGEST_PAUSE_MILLIS = 4_000;
  private static final int SHORTEST_MILLIS = 2_000;
  private static final int LONGEST_MILLIS = 6_000;

  ChaosPlan {
    counts = Collections.unmodifiableMap(new TreeMap<>(counts));
    steps = List.copyOf(steps);
  }

  /** The plan of a seed. */
  static ChaosPlan of(Map<Fault, Integer> counts, long seed) {
    Random random = new Random(seed);
    List<Fault> others = new ArrayList<>();
    counts.forEach(
        (fault, count) -> {
          if (fault != Fault.KILL) {
            others.addAll(Collections.nCopies(count, fault));
          }
        });
    int kills = counts.getOrDefault(Fault.KILL, 0);
    List<Step> steps = new ArrayList<>();
    for (Fault fault : others) {
      boolean andKill = lasts(fault) && kills > 0 && random.nextBoolean();
      steps.add(step(fault, andKill, random));
      kills -= andKill ? 1 : 0;
    }
    for (int i = 0; i < kills; i++) {
      steps.add(step(Fault.KILL, false, random));
    }
    Collections.shuffle(steps, random);
    return new ChaosPlan(counts, steps);
  }

  private static Step step(Fault fault, boolean andKill, Random random) {
    return new Step(
        fault,
        between(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS, random),
        lasts(fault) ? between(SHORTEST_MILLIS, LONGEST_MILLIS, random) : Duration.ZERO,
        andKill);
  }

  private static boolean lasts(Fault fault) {
    return switch (fault) {
      case KILL, RESET, DAMAGE -> false;
      case BROKER_STOP, HALF_OPEN, DISK_FULL, CLOCK_LEAP -> true;
    };
  }

  private static Duration between(int shortest, int longest, Random random) {
    return Duration.ofMillis(shortest + random.nextInt(longest - shortest + 1));
  }
}
