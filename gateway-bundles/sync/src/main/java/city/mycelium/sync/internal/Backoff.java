package city.mycelium.sync.internal;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses that double with each attempt up to a limit, each drawn from its upper half, so that many
 * gateways that lost the same broker do not come back in step.
 *
 * @param first pause before the second attempt
 * @param atMost the longest pause
 */
record Backoff(Duration first, Duration atMost, RandomGenerator random) {

  /**
   * The pause after an attempt.
   *
   * @param attempts how many were made, at least 1
   */
  Duration after(int attempts) {
    double doubled = first.toMillis() * Math.pow(2, Math.min(attempts - 1, 30));
    long limit = Math.round(Math.min(doubled, (double) atMost.toMillis()));
    return Duration.ofMillis(limit / 2 + random.nextLong(Math.max(1, limit / 2 + 1)));
  }
}
