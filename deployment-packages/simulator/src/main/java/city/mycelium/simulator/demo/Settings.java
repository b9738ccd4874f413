package city.mycelium.simulator.demo;

import city.mycelium.simulator.town.FurtherDestinations;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a demonstration is to be like.
 *
 * @param outage how long the broker is away in the middle; zero for not at all
 * @param kills how often the gateway is killed
 * @param home the folder of the distribution
 * @param further the platforms beside the receiver
 */
record Settings(
    Duration duration,
    Duration outage,
    int kills,
    long seed,
    double speedup,
    Path home,
    FurtherDestinations further) {

  private static final Duration SHORTEST = Duration.ofSeconds(5);

  Settings {
    if (duration.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException("a demo lasts at least " + SHORTEST.toSeconds() + " s");
    }
    if (outage.isNegative() || outage.compareTo(duration) >= 0) {
      throw new IllegalArgumentException("the outage must be shorter than the demo");
    }
    if (kills < 0) {
      throw new IllegalArgumentException("the gateway cannot be killed less than 0 times");
    }
  }
}
