package city.mycelium.simulator;

import java.time.Duration;

/**
 * How much faster than in life the kits measure. Only their periods shrink: time stamps and the
 * daily curves stay true, so nothing is dated into the future.
 *
 * @param speedup at least 1
 */
record Pace(double speedup) {

  private static final Duration SHORTEST = Duration.ofSeconds(2);

  Pace {
    if (!(speedup >= 1) || speedup > 1e6) {
      throw new IllegalArgumentException("a speed-up is 1 to 1000000, but is " + speedup);
    }
  }

  /** The period at this pace; never so short that a kit would do nothing but post. */
  Duration of(Duration inLife) {
    Duration faster = Duration.ofMillis(Math.round(inLife.toMillis() / speedup));
    return faster.compareTo(SHORTEST) < 0 ? SHORTEST : faster;
  }
}
