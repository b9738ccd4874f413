package city.mycelium.sync.internal;

import city.mycelium.api.journal.TallySheet;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.time.Backoff;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that is out, or due to go out again, and the range of offsets that it covers. Owned by
 * its Destination's Scheduler.
 */
final class Flight {

  /** Why it flies. */
  enum Kind {
    /** In its turn; its tally counts when it lands. */
    LIVE,
    /** Past a backlog; its tally counts when it lands. */
    URGENT,
    /** Past a backlog, but not remembered: it goes a second time with its neighbours. */
    EARLY,
    /** The cursor has passed it, but the far end says that it lacks it. */
    REPAIR,
    /** The cursor has passed it, and somebody asks for it to go again. */
    REPLAY,
    /** It was refused, and somebody asks for another attempt. */
    RETRY,
    /** It was delivered, and somebody asks whether that still works. */
    TRIAL
  }

  private final Kind kind;
  private final OffsetRange covers;
  private final Backoff patience;
  private final Backoff retry;
  private @Nullable List<OffsetRange> only;
  private long givenUp;
  private boolean coveredBefore;
  private boolean answered;
  private boolean isOut;
  private boolean pauses;
  private int carried;
  private Manifest manifest = new Manifest(List.of());
  private TallySheet stays = TallySheet.EMPTY;
  private List<OffsetRange> gone = List.of();
  private long sequence;
  private long dueNanos;
  private boolean excused = true;
  private int attempts;
  private int failures;
  private String refusedWhy = "";

  /**
   * A flight that has not begun.
   *
   * @param patience how long each attempt waits for its proof
   * @param retry how long to pause after a refusal
   */
  Flight(Kind kind, OffsetRange covers, Backoff patience, Backoff retry) {
    this.kind = kind;
    this.covers = covers;
    this.patience = patience;
    this.retry = retry;
  }

  Kind kind() {
    return kind;
  }

  OffsetRange covers() {
    return covers;
  }

  /** Whether the cursor has yet to pass it. */
  boolean isCounted() {
    return kind == Kind.LIVE || kind == Kind.URGENT;
  }

  boolean isUrgent() {
    return kind == Kind.URGENT || kind == Kind.EARLY;
  }

  /** Carries only these of what it covers. */
  Flight carryOnly(List<OffsetRange> offsets) {
    only = List.copyOf(offsets);
    return this;
  }

  /**
   * Carries nothing: it says that so many of its range were given up, and the rest is not for it.
   */
  Flight carryNothing(long count) {
    only = List.of();
    givenUp = count;
    failures = 0;
    excused = true;
    return this;
  }

  boolean carriesNothing() {
    return only != null && only.isEmpty();
  }

  boolean mayCarry(long offset) {
    return !manifest.isSettled(offset)
        && (only == null || only.stream().anyMatch(range -> range.contains(offset)));
  }

  /**
   * Whether it carried this one before, or has carried nothing yet. A proof says that one of the
   * attempts arrived, not which; so what was kept back from one stays back.
   */
  boolean mayGoOnCarrying(long offset) {
    return attempts == 0 || manifest.contains(offset);
  }

  /** The far end has accounted for this range before: that it does so again proves nothing. */
  Flight coveredBefore() {
    coveredBefore = true;
    return this;
  }

  /** How many of its range the gateway gave up. */
  long dropped() {
    return givenUp + Ranges.size(gone);
  }

  /** How many its last attempt carried. */
  int carried() {
    return carried;
  }

  int outgoing() {
    return manifest.size();
  }

  /**
   * It goes out (again), and may have been judged anew: consent can change between attempts.
   *
   * @param number of messages that went out before it
   * @return how long it then waits for its proof
   */
  Duration sent(Cargo cargo, long nowNanos, long number) {
    if (!excused) {
      failures++;
    }
    attempts++;
    excused = false;
    answered = false;
    pauses = false;
    isOut = true;
    carried = cargo.outgoing().size();
    manifest = manifest.goingOnWith(cargo.outgoing());
    stays = cargo.stays();
    // Retention may have removed what is there already: that is delivered, and not given up.
    gone = manifest.without(cargo.gone());
    sequence = number;
    Duration wait = patience.next();
    dueNanos = nowNanos + wait.toNanos();
    return wait;
  }

  /**
   * Whether it has gone out. Before that nobody knows what stays of its range, so it does not land:
   * what is heard about it early is remembered, and it goes out with the rest.
   */
  boolean isOut() {
    return isOut;
  }

  /** How many messages went out before its last attempt. */
  long sequence() {
    return sequence;
  }

  int attempts() {
    return attempts;
  }

  /** How many attempts came to nothing, other than for want of a connection; with the last one. */
  int failures() {
    return excused ? failures : failures + 1;
  }

  /**
   * It, or a part of it, was refused for now: after a pause, or when it is due anyway, it goes out
   * again. One pause for one attempt, in however many parts that is said.
   */
  void refusedForNow(long nowNanos) {
    if (!pauses) {
      pauses = true;
      dueNanos = Math.min(dueNanos, nowNanos + retry.next().toNanos());
    }
  }

  /** The line went dead under it: that says nothing against it. */
  void excuse() {
    excused = true;
  }

  void sendAgainAt(long nanos) {
    dueNanos = nanos;
  }

  boolean isDue(long nowNanos) {
    return nowNanos - dueNanos >= 0;
  }

  long dueNanos() {
    return dueNanos;
  }

  /** The far end answered the message itself. */
  void answered() {
    answered = true;
  }

  /** Whether an acknowledgement that covers it proves that it is there. */
  boolean isProvenByAcknowledgement() {
    return !coveredBefore || answered;
  }

  /** Whether a refusal that the far end tells by itself can be meant for this attempt. */
  boolean believesRefusal() {
    return isCounted() || answered;
  }

  /** Some of what it carries will never be taken as it is. */
  void refuse(OffsetRange offsets, String why) {
    manifest.refuse(offsets);
    refusedWhy = why;
  }

  /**
   * Some of what it carries is known to be there. That says nothing against the attempt, and the
   * next one need not wait longer than this one did.
   */
  void take(OffsetRange offsets) {
    if (manifest.take(offsets)) {
      excuse();
      patience.reset();
      retry.reset();
    }
  }

  /** Some of what it carries was refused by the far end, which may have taken the rest. */
  void refuseForGood(OffsetRange offsets, String why) {
    manifest.refuseForGood(offsets);
    refusedWhy = why;
  }

  /**
   * Where to cut it in two, each with about half of what is open: the offset with which the second
   * begins. 0 if there is no half of it, or it stands for an entry of the quarantine, which is one.
   */
  long middle() {
    long[] open = manifest.open();
    return open.length < 2 || kind == Kind.RETRY ? 0 : open[open.length / 2];
  }

  /** It begins as a part of one that was cut. */
  Flight partOf(Flight whole) {
    only = whole.only;
    coveredBefore = whole.coveredBefore;
    manifest = whole.manifest.part(covers);
    attempts = whole.attempts;
    refusedWhy = whole.refusedWhy;
    return this;
  }

  Manifest manifest() {
    return manifest;
  }

  String refusedWhy() {
    return refusedWhy;
  }

  /** What it comes to when it lands. */
  Piece piece(List<Refusal> refusals) {
    return new Piece(covers, stays.plus(manifest.sheet()), gone, refusals);
  }
}
