package city.mycelium.connector.mqtt.internal;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses that double from one to the next up to a limit, each drawn from its upper half, so that
 * many gateways that lost the same broker do not come back in step. For one thread.
 */
final class Backoff {

  private final Duration atFirst;
  private final Duration atMost;
  private final RandomGenerator random;
  private Duration next;

  Backoff(Duration atFirst, Duration atMost, RandomGenerator random) {
    this.atFirst = atFirst;
    this.atMost = atMost;
    this.random = random;
    this.next = atFirst;
  }

  Duration pause() {
    long limit = next.toMillis();
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(atMost) < 0 ? doubled : atMost;
    return Duration.ofMillis(limit / 2 + random.nextLong(limit / 2 + 1));
  }

  /** Things are well again. */
  void reset() {
    next = atFirst;
  }
}
