package city.mycelium.sync.internal;

import city.mycelium.api.journal.Advance;
import city.mycelium.api.journal.Journal;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.StateChange;
import city.mycelium.api.journal.Tally;
import city.mycelium.api.journal.TallySheet;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far a Destination has come, durably: its cursor, what has landed above it, and what was
 * refused and recovered. Makes one transaction at a time; each takes along all that has been
 * written down. Owned by the Destination's Scheduler.
 */
final class Progress {

  private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
  private static final String HISTORY = "sync.history";
  private static final int VERSION = 1;
  private static final int HISTORY_AT_ONCE = 10_000;
  private static final Duration STORAGE_RETRY = Duration.ofSeconds(5);

  /** What changes without a step of the cursor is on the medium after this time. */
  private static final Duration KEPT_WITHIN = Duration.ofSeconds(1);

  private final Destination destination;
  private final Journal journal;
  private final Clock clock;
  private final Scheduler scheduler;
  private final Wake wake;
  private final Notebook notebook;
  private final Quarantine quarantine;
  private final Runnable moved;
  private final Landed landed;
  private final ReadAhead history;
  private final Deque<Settlement> settlements = new ArrayDeque<>();

  private boolean isBegun;
  private boolean isStartNoted;
  private boolean isLoaded;
  private boolean isBusy;
  private long position;
  private long start;
  private @Nullable OffsetRange leaving;
  private int conflicts;
  private boolean isNoting;
  private long notingSinceNanos;

  private record Settlement(
      Refusal refusal,
      Map<DatastreamId, Long> recovered,
      @Nullable Refusal rest,
      Runnable afterwards) {}

  /**
   * Nothing is read yet.
   *
   * @param moved called after every transaction
   */
  Progress(
      Destination destination,
      Journal journal,
      Clock clock,
      Scheduler scheduler,
      Wake wake,
      Notebook notebook,
      Quarantine quarantine,
      Runnable moved) {
    this.destination = destination;
    this.journal = journal;
    this.clock = clock;
    this.scheduler = scheduler;
    this.wake = wake;
    this.notebook = notebook;
    this.quarantine = quarantine;
    this.moved = moved;
    landed = new Landed(notebook);
    history = new ReadAhead(journal, HISTORY_AT_ONCE);
  }

  /** Whether it is known where it stands. */
  boolean isLoaded() {
    return isLoaded && isStartNoted;
  }

  /**
   * Reads where the durable cursor stands, unless a transaction is under way.
   *
   * @return whether it has been read
   */
  boolean load() throws JournalException {
    if (isBusy || isLoaded) {
      return false;
    }
    if (!isBegun) {
      landed.load();
      begin();
      isBegun = true;
    }
    position = journal.cursor(destination.cursor()).position();
    quarantine.forget(landed.cut(position));
    isLoaded = true;
    return true;
  }

  /** Where a new Destination begins is decided once, and is on the medium before anything goes. */
  private void begin() throws JournalException {
    byte[] written = notebook.get(HISTORY).orElse(null);
    isStartNoted = written != null;
    if (written != null) {
      start = new Packed.In(written, VERSION).number();
      return;
    }
    boolean isNew =
        journal.cursors().stream().noneMatch(cursor -> cursor.name().equals(destination.cursor()));
    start = isNew ? destination.policy().start().before(journal) : 0;
    notebook.put(HISTORY, new Packed.Out(VERSION).number(start).toBytes());
  }

  /** The last offset that is done with. */
  long position() {
    return position;
  }

  /** The last offset of before its time; 0 if there is none. */
  long start() {
    return start;
  }

  /** Ranges above the cursor that nobody needs to send. */
  List<OffsetRange> taken() {
    List<OffsetRange> taken = new ArrayList<>(landed.ranges());
    if (leaving != null) {
      taken.add(leaving);
    }
    if (start > position) {
      taken.add(new OffsetRange(position + 1, start));
    }
    return taken;
  }

  /** What has landed above the cursor. */
  List<OffsetRange> ahead() {
    return landed.ranges();
  }

  void land(Piece piece) {
    landed.add(piece);
  }

  /**
   * Something becomes of what was refused, in a transaction of its own. Until then it stays set
   * aside: if the far end were told first and the gateway died, the entry would be believed to be
   * delivered by what was told.
   *
   * @param recovered how many per Datastream are there after all
   * @param rest what remains set aside of it; null if nothing does
   * @param afterwards done when it is on the medium
   */
  void settle(
      Refusal refusal,
      Map<DatastreamId, Long> recovered,
      @Nullable Refusal rest,
      Runnable afterwards) {
    if (settlements.stream().noneMatch(known -> known.refusal().id() == refusal.id())) {
      settlements.add(new Settlement(refusal, recovered, rest, afterwards));
    }
  }

  /** Whether something is about to become of it. */
  boolean isBeingSettled(Refusal refusal) {
    return settlements.stream().anyMatch(known -> known.refusal().id() == refusal.id());
  }

  /** Does what can be done next, if no transaction is under way. */
  void step() throws JournalException {
    if (isBusy || !isLoaded) {
      return;
    }
    if (!isStartNoted) {
      keep();
      return;
    }
    Piece piece = landed.take(position + 1);
    if (piece != null) {
      pass(piece, () -> notPassed(piece));
    } else if (position < start) {
      pass(nextOfHistory(), () -> {});
    } else if (!settlements.isEmpty()) {
      settle(settlements.element());
    } else {
      keepSoon();
    }
  }

  private Piece nextOfHistory() throws JournalException {
    ReadAhead.Stretch stretch = history.forward(new OffsetRange(position + 1, start));
    Map<DatastreamId, Long> counts = new HashMap<>();
    List<OffsetRange> present = new ArrayList<>();
    for (Observation observation : stretch.observations()) {
      counts.merge(observation.datastream(), 1L, Long::sum);
      long offset = observation.identity().offset();
      Ranges.append(present, new OffsetRange(offset, offset));
    }
    Map<DatastreamId, Tally> rows = new HashMap<>();
    counts.forEach((datastream, count) -> rows.put(datastream, Tally.unselected(count)));
    return new Piece(
        new OffsetRange(position + 1, stretch.last()),
        new TallySheet(rows),
        Ranges.between(position + 1, stretch.last(), present),
        List.of());
  }

  private void pass(Piece piece, Runnable undo) {
    piece.refusals().forEach(refusal -> refusal.note(notebook));
    leaving = piece.covers();
    landed.noteRemovals(piece.covers().last());
    List<StateChange> changes = notebook.take();
    long to = piece.covers().last();
    Advance step =
        new Advance(
            destination.cursor(),
            position,
            to,
            piece.sheet(),
            piece.gone(),
            Map.of(),
            List.of(),
            changes);
    commit(journal.advance(step), changes, () -> position = to, undo);
  }

  /** What the journal contradicts for a second time is forgotten, and goes out again. */
  private void notPassed(Piece piece) {
    if (isContradicted()) {
      quarantine.forget(List.of(piece.covers()));
    } else {
      landed.add(piece);
    }
  }

  private boolean isContradicted() {
    return conflicts > 1;
  }

  private void settle(Settlement settlement) {
    Refusal refusal = settlement.refusal();
    Refusal rest = settlement.rest();
    refusal.noteRemoval(notebook);
    if (rest != null) {
      rest.note(notebook);
    }
    List<StateChange> changes = notebook.take();
    Advance step =
        new Advance(
            destination.cursor(),
            position,
            position,
            TallySheet.EMPTY,
            List.of(),
            settlement.recovered(),
            List.of(),
            changes);
    commit(
        journal.advance(step),
        changes,
        () -> {
          settlements.remove();
          quarantine.settled(refusal);
          if (rest != null) {
            quarantine.admit(rest);
          }
          settlement.afterwards().run();
        },
        () -> {
          if (rest != null) {
            rest.noteRemoval(notebook);
          }
          refusal.note(notebook);
          if (isContradicted()) {
            settlements.remove(); // it stays set aside
          }
        });
  }

  /** Most of what is noted goes along with the cursor; only what waits too long goes alone. */
  private void keepSoon() {
    if (notebook.isEmpty() && landed.isNoted()) {
      isNoting = false;
      return;
    }
    long now = clock.monotonicNanos();
    if (!isNoting) {
      isNoting = true;
      notingSinceNanos = now;
    }
    long left = KEPT_WITHIN.toNanos() - (now - notingSinceNanos);
    if (left > 0) {
      wake.after(Duration.ofNanos(left));
    } else {
      isNoting = false;
      keep();
    }
  }

  private void keep() {
    landed.note();
    List<StateChange> changes = notebook.take();
    // The first time with a step of nothing: what the journal removes when room is scarce depends
    // on
    // whose cursors it knows.
    commit(
        isStartNoted ? journal.state().write(changes) : journal.advance(stayingHere(changes)),
        changes,
        () -> isStartNoted = true,
        () -> {});
  }

  private Advance stayingHere(List<StateChange> changes) {
    return Advance.untallied(destination.cursor(), position, position, List.of(), changes);
  }

  private void commit(
      CompletableFuture<?> transaction, List<StateChange> changes, Runnable done, Runnable undo) {
    isBusy = true;
    var unused =
        transaction.whenComplete(
            (receipt, failure) ->
                scheduler.execute(
                    () -> {
                      isBusy = false;
                      leaving = null;
                      if (failure == null) {
                        conflicts = 0;
                        done.run();
                        moved.run();
                      } else {
                        failed(failure);
                        notebook.giveBack(changes);
                        undo.run();
                      }
                    }));
  }

  private void failed(Throwable failure) {
    LOG.warn(
        "destination {}: the journal did not take its progress, which is read again: {}",
        destination.name(),
        failure.getMessage());
    isLoaded = false;
    boolean isConflict =
        failure instanceof JournalException known
            && known.reason() == JournalException.Reason.CONFLICT;
    conflicts = isConflict ? conflicts + 1 : 0;
    // The first time, retention has moved the cursor and tallied what it passed: we look at once.
    wake.after(conflicts == 1 ? Duration.ZERO : STORAGE_RETRY);
  }
}
