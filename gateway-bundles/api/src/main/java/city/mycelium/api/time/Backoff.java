package city.mycelium.api.time;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses between attempts: each twice as long as the one before, up to a limit, and drawn from the
 * upper half of that, so that many who lost the same thing do not come back in step. Not
 * thread-safe.
 */
public final class Backoff {

  private final long firstMillis;
  private final long mostMillis;
  private final RandomGenerator random;
  private long nextMillis;

  /**
   * Pauses that begin short.
   *
   * @param first the longest that the first pause can be
   * @param most the longest that any pause can be; not less than {@code first}
   */
  public Backoff(Duration first, Duration most, RandomGenerator random) {
    if (first.toMillis() < 1 || most.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "pauses need 1 ms <= first <= most, not " + first + " and " + most);
    }
    firstMillis = first.toMillis();
    mostMillis = most.toMillis();
    this.random = random;
    nextMillis = firstMillis;
  }

  /** The next pause. */
  public Duration next() {
    long whole = nextMillis;
    nextMillis = Math.min(mostMillis, 2 * whole);
    return Duration.ofMillis(whole / 2 + random.nextLong(whole - whole / 2 + 1));
  }

  /** It went well: the next pause is short again. */
  public void reset() {
    nextMillis = firstMillis;
  }
}
