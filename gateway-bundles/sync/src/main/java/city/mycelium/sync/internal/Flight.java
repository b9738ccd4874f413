package city.mycelium.sync.internal;

import city.mycelium.api.journal.Tally;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.time.Backoff;
import java.time.Duration;

/**
 * A range of offsets that is out, or due to go out again. Owned by its Destination's Scheduler.
 *
 * <p>A flight lands when its proof comes; its tally then counts, once the flights before it have
 * landed too.
 */
final class Flight {

  private final OffsetRange covers;
  private final boolean repair;
  private final Backoff patience;
  private final Backoff retry;
  private Tally tally;
  private long dueNanos;
  private boolean landed;

  /**
   * A flight that has not begun.
   *
   * @param repair whether the cursor has passed these offsets, but the far end says it lacks them;
   *     their tally has then been counted before
   * @param patience how long each attempt waits for its proof
   * @param retry how long to pause after a refusal
   */
  Flight(OffsetRange covers, boolean repair, Backoff patience, Backoff retry) {
    this.covers = covers;
    this.repair = repair;
    this.patience = patience;
    this.retry = retry;
    tally = Tally.NONE;
  }

  /** Whether its tally has been counted before. */
  boolean isRepair() {
    return repair;
  }

  OffsetRange covers() {
    return covers;
  }

  /** What it comes to when it lands. */
  Tally tally() {
    return tally;
  }

  /**
   * It goes out (again), and may have been judged anew: consent can change between attempts.
   *
   * @return how long it then waits for its proof
   */
  Duration sent(Tally now, long nowNanos) {
    tally = now;
    Duration wait = patience.next();
    dueNanos = nowNanos + wait.toNanos();
    return wait;
  }

  /** It was refused for now: after a pause, or when it is due anyway, it goes out again. */
  void refused(long nowNanos) {
    dueNanos = Math.min(dueNanos, nowNanos + retry.next().toNanos());
  }

  void sendAgainAt(long nanos) {
    dueNanos = nanos;
  }

  boolean isDue(long nowNanos) {
    return !landed && nowNanos - dueNanos >= 0;
  }

  long dueNanos() {
    return dueNanos;
  }

  void land() {
    landed = true;
  }

  /** So many of what would have been delivered are dropped, in this attempt. */
  void drop(long count) {
    tally =
        new Tally(
            tally.delivered() - count,
            tally.withheld(),
            tally.unselected(),
            tally.dropped() + count);
  }

  /** The platform will never have it: what would have been delivered is dropped. */
  void landRejected() {
    tally = new Tally(0, tally.withheld(), tally.unselected(), tally.dropped() + tally.delivered());
    landed = true;
  }

  boolean hasLanded() {
    return landed;
  }
}
