package city.mycelium.receiver.internal;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: twice as long each time, up to a limit, and by chance
 * between half of that and the whole, so that many who wait for the same thing do not come back at
 * once. For one thread.
 */
public final class Backoff {

  private final long firstMillis;
  private final long mostMillis;
  private final RandomGenerator random;
  private long nextMillis;

  public Backoff(Duration first, Duration most, RandomGenerator random) {
    this.firstMillis = first.toMillis();
    this.mostMillis = most.toMillis();
    this.random = random;
    this.nextMillis = firstMillis;
  }

  /** The next wait. */
  public Duration next() {
    long whole = nextMillis;
    nextMillis = Math.min(mostMillis, 2 * whole);
    return Duration.ofMillis(whole / 2 + random.nextLong(whole - whole / 2 + 1));
  }

  /** It went well: the next wait is short again. */
  public void reset() {
    nextMillis = firstMillis;
  }
}
