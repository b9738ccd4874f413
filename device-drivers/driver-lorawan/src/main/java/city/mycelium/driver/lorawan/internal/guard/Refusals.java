package city.mycelium.driver.lorawan.internal.guard;

import city.mycelium.api.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;

/**
 * What was refused, counted by reason. A reason is said in the log when it begins, and again only
 * after it has not happened for an hour: whoever sends rubbish must not be able to fill the log.
 * Safe for use by many threads.
 *
 * @param <R> the reasons
 */
public final class Refusals<R extends Enum<R> & Refusals.Reason> {

  private static final long QUIET_NANOS = Duration.ofHours(1).toNanos();

  /** One line of a stranger's words is enough. */
  private static final int MOST_WORDS = 200;

  private final String who;
  private final Clock clock;
  private final Logger log;
  private final Map<R, Count> counts;

  /** Why something is refused. */
  public interface Reason {
    /** What it means, and what to do about it. */
    String words();
  }

  private static final class Count {
    long number;
    long lastNanos;
  }

  /**
   * Nothing is refused yet.
   *
   * @param who begins each message
   */
  public Refusals(Class<R> reasons, String who, Clock clock, Logger log) {
    this.who = who;
    this.clock = clock;
    this.log = log;
    counts = new EnumMap<>(reasons);
  }

  /**
   * Counts a refusal.
   *
   * @param detail what exactly; may hold a stranger's words
   * @return whether the reason begins, so that it was logged
   */
  public boolean add(R reason, String detail) {
    long now = clock.monotonicNanos();
    boolean begins;
    synchronized (this) {
      Count count = counts.get(reason);
      begins = count == null || now - count.lastNanos > QUIET_NANOS;
      if (count == null) {
        count = new Count();
        counts.put(reason, count);
      }
      count.number++;
      count.lastNanos = now;
    }
    if (begins) {
      log.warn("{}: {} ({})", who, reason.words(), printable(detail));
    }
    return begins;
  }

  /** How many were refused so far for each reason that occurred. */
  public synchronized Map<R, Long> counted() {
    Map<R, Long> copy = new LinkedHashMap<>();
    counts.forEach((reason, count) -> copy.put(reason, count.number));
    return Collections.unmodifiableMap(copy);
  }

  /** How many were refused so far. */
  public synchronized long total() {
    return counts.values().stream().mapToLong(count -> count.number).sum();
  }

  private static String printable(String detail) {
    String cut = detail.length() > MOST_WORDS ? detail.substring(0, MOST_WORDS) + "…" : detail;
    StringBuilder clean = new StringBuilder(cut.length());
    cut.codePoints().forEach(c -> clean.appendCodePoint(Character.isISOControl(c) ? '?' : c));
    return clean.toString();
  }
}
