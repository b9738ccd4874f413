package city.mycelium.sync.internal;

import city.mycelium.api.journal.Tally;
import city.mycelium.api.observation.OffsetRange;

/**
 * A range of offsets that is out, or due to go out again. Owned by its Destination's Scheduler.
 *
 * <p>A flight lands when its proof comes; its tally then counts, once the flights before it have
 * landed too.
 */
final class Flight {

  private final OffsetRange covers;
  private final boolean repair;
  private Tally tally;
  private int attempts;
  private long dueNanos;
  private boolean landed;

  private Flight(OffsetRange covers, boolean repair) {
    this.covers = covers;
    this.repair = repair;
    tally = Tally.NONE;
  }

  /** The first time that these offsets go out, as far as the cursor knows. */
  static Flight onwards(OffsetRange covers) {
    return new Flight(covers, false);
  }

  /** Offsets that the cursor has passed, but the far end says it lacks. */
  static Flight repair(OffsetRange covers) {
    return new Flight(covers, true);
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

  /** It went out (again), and may have been judged anew: consent can change between attempts. */
  void sent(Tally now, long againAtNanos) {
    tally = now;
    attempts++;
    dueNanos = againAtNanos;
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

  int attempts() {
    return attempts;
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
