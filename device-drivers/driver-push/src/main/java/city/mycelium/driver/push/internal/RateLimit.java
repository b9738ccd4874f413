package city.mycelium.driver.push.internal;

import city.mycelium.api.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How often each of many may knock: a bucket per name that fills with time, so that a short burst
 * passes and a stream does not. Safe for use by many threads.
 */
final class RateLimit {

  /** Beyond this many names the one that was quiet longest is forgotten, with a full bucket. */
  private static final int NAMES = 10_000;

  private static final double NANOS_PER_MINUTE = 60e9;

  private final int perMinute;
  private final Clock clock;

  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > NAMES;
        }
      };

  private record Bucket(double tokens, long nanos) {}

  /**
   * A new limit.
   *
   * @param perMinute how many knocks a minute, at least 1; also how many at once after a quiet
   *     minute
   */
  RateLimit(int perMinute, Clock clock) {
    this.perMinute = perMinute;
    this.clock = clock;
  }

  /** Counts one knock. Nothing if it may pass, else how long to wait before the next. */
  Optional<Duration> spend(String name) {
    return spend(name, 1);
  }

  /** Counts something that is worth several knocks. */
  synchronized Optional<Duration> spend(String name, int knocks) {
    long now = clock.monotonicNanos();
    Bucket before = buckets.getOrDefault(name, new Bucket(perMinute, now));
    double perNano = perMinute / NANOS_PER_MINUTE;
    double tokens = Math.min(perMinute, before.tokens() + (now - before.nanos()) * perNano);
    if (tokens < 1) {
      buckets.put(name, new Bucket(tokens, now));
      return Optional.of(Duration.ofNanos((long) Math.ceil((1 - tokens) / perNano)));
    }
    buckets.put(name, new Bucket(tokens - knocks, now));
    return Optional.empty();
  }
}
