package city.mycelium.driver.lorawan.internal.guard;

import city.mycelium.api.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often each of many may knock: a bucket per name that fills with time and holds one second's
 * worth, so that a short burst passes and a flood does not. Safe for use by many threads.
 *
 * @param <K> who knocks
 */
public final class RateLimit<K> {

  private static final double NANOS_PER_SECOND = 1e9;

  private final int perSecond;
  private final Clock clock;
  private final LinkedHashMap<K, Bucket> buckets;

  private static final class Bucket {
    double tokens;
    long nanos;
  }

  /**
   * A new limit.
   *
   * @param perSecond how many knocks a second, at least 1
   * @param most beyond this many names the one that was quiet longest is forgotten, and may begin
   *     anew
   */
  public RateLimit(int perSecond, int most, Clock clock) {
    if (perSecond < 1 || most < 1) {
      throw new IllegalArgumentException("a limit is at least 1, not " + perSecond + ", " + most);
    }
    this.perSecond = perSecond;
    this.clock = clock;
    buckets =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, Bucket> eldest) {
            return size() > most;
          }
        };
  }

  /** Counts a knock; whether it may pass. */
  public synchronized boolean passes(K name) {
    long now = clock.monotonicNanos();
    Bucket bucket = buckets.get(name);
    if (bucket == null) {
      bucket = new Bucket();
      bucket.tokens = perSecond;
      buckets.put(name, bucket);
    } else {
      double filled = (now - bucket.nanos) / NANOS_PER_SECOND * perSecond;
      bucket.tokens = Math.min(perSecond, bucket.tokens + filled);
    }
    bucket.nanos = now;
    if (bucket.tokens < 1) {
      return false;
    }
    bucket.tokens -= 1;
    return true;
  }
}
