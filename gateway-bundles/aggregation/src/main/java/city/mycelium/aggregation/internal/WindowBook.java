package city.mycelium.aggregation.internal;

import city.mycelium.api.journal.Advance;
import city.mycelium.api.journal.Draft;
import city.mycelium.api.journal.Journal;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.StateChange;
import city.mycelium.api.journal.StateStore;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The windows, in memory and on disk. A checkpoint takes what changed in memory to the disk: the
 * cursor, the windows' state and the Summaries move in one transaction, so whatever crashes between
 * two of them is read again and comes to the same. Not thread-safe.
 */
final class WindowBook {

  private static final Logger LOG = LoggerFactory.getLogger(WindowBook.class);
  private static final String CURSOR = "aggregation";

  /** Windows with something in them that no Summary says yet, as of the last checkpoint. */
  private static final String OPEN = "aggregation.open";

  /** Windows as their last Summary says, for as long as late data may re-open them. */
  private static final String ISSUED = "aggregation.issued";

  /** How far the successions have come. */
  private static final String SUCCESSIONS = "aggregation.successions";

  private static final String COUNTS = "aggregation.counts";
  private static final String LATE = "late";
  private static final String FORGOTTEN_TO = "forgottenTo";
  private static final int STATE_AT_ONCE = 500;

  private final Journal journal;
  private final Lanes lanes;

  private int openCount;

  /** Open windows that the last checkpoint does not have as they are. */
  private final Set<Entry> unsaved = new LinkedHashSet<>();

  // The next checkpoint, as far as it is written

  private final List<Draft> summaries = new ArrayList<>();
  private final List<StateChange> changes = new ArrayList<>();
  private final Map<WindowKey, Window> issued = new HashMap<>();

  /** The cursor, and how far this one has read. */
  private long durable;

  private long read;

  /** How many Observations were left out of a window because they came too late, ever. */
  private long late;

  private long savedLate;

  /** The latest end of a window whose state is forgotten: from then on it cannot be re-opened. */
  private long forgottenTo;

  private record Entry(Lane lane, Window window) {}

  /**
   * As it was at the last checkpoint.
   *
   * @throws JournalException if the medium fails
   */
  WindowBook(Journal journal, Lanes lanes) throws JournalException {
    this.journal = journal;
    this.lanes = lanes;
    durable = journal.cursor(CURSOR).position();
    read = durable;
    late = count(LATE);
    savedLate = late;
    forgottenTo = count(FORGOTTEN_TO);
    load(
        SUCCESSIONS,
        (key, bytes) ->
            lanes
                .of(new DatastreamId(key))
                .flatMap(Lane::succession)
                .ifPresent(succession -> succession.restore(bytes)));
    load(OPEN, this::restoreOpen);
  }

  private interface Restoring {
    /**
     * Takes an entry of the state back into memory.
     *
     * @throws IllegalArgumentException if another version has written it
     */
    void restore(String key, byte[] bytes);
  }

  private void load(String component, Restoring restoring) throws JournalException {
    String after = "";
    List<StateStore.Entry> page;
    do {
      page = journal.state().scan(component, after, STATE_AT_ONCE);
      for (StateStore.Entry entry : page) {
        after = entry.key();
        try {
          restoring.restore(entry.key(), entry.value());
        } catch (IllegalArgumentException e) {
          LOG.error(
              "what was known of {} was written by another version, so its next Summary will lack"
                  + " it: {}",
              entry.key(),
              e.getMessage());
        }
      }
    } while (page.size() == STATE_AT_ONCE);
  }

  private void restoreOpen(String stateKey, byte[] bytes) {
    WindowKey key = WindowKey.parse(stateKey);
    Optional<Lane> lane = lanes.of(key.aggregate());
    if (lane.isEmpty()) {
      LOG.warn("nobody knows the datastream of the open window {}: it is left as it is", stateKey);
      return;
    }
    Window window = Window.read(key.window(), lane.get().plan().families(), bytes);
    window.savedAsOpen();
    lane.get().put(window);
    openCount++;
  }

  private long count(String name) throws JournalException {
    return journal.state().get(COUNTS, name).map(b -> ByteBuffer.wrap(b).getLong()).orElse(0L);
  }

  private static StateChange count(String name, long value) {
    return StateChange.put(COUNTS, name, ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }

  // --- reading

  long read() {
    return read;
  }

  /** Everything up to here is in the windows. */
  void readTo(long offset) {
    read = offset;
  }

  /** How much was read since the last checkpoint. */
  long readSince() {
    return read - durable;
  }

  /** So many Observations came too late for one of their windows. */
  void leftOut(int more) {
    late += more;
  }

  // --- windows

  int openCount() {
    return openCount;
  }

  /** Whether there is anything that a checkpoint would save. */
  boolean isChanged() {
    return read > durable || !unsaved.isEmpty() || !summaries.isEmpty() || !changes.isEmpty();
  }

  /**
   * The window to put something into, open from now on; nothing if it may have been issued already,
   * and what it said is gone.
   *
   * @throws JournalException if the medium fails
   */
  Optional<Window> toChange(Lane lane, PhenomenonTime time, long now) throws JournalException {
    Optional<Window> window = lane.open(time);
    if (window.isEmpty()) {
      window = issued(lane, time);
      if (window.isEmpty() && isGone(lane, time)) {
        return Optional.empty();
      }
      if (window.isEmpty()) {
        Optional<Succession> succession = lane.succession();
        window =
            Optional.of(
                Window.begin(
                    time,
                    lane.plan().families(),
                    succession.isEmpty()
                        ? null
                        : succession.get().before(time, lane.overBy(now), of(lane))));
      }
    }
    window.ifPresent(w -> change(lane, w));
    return window;
  }

  /** Whether a window that is not known may have been issued all the same. */
  private boolean isGone(Lane lane, PhenomenonTime time) throws JournalException {
    return time.to() <= forgottenTo
        || journal.state().get(ISSUED, lane.key(time).stateKey()).isPresent();
  }

  private void change(Lane lane, Window window) {
    if (lane.open(window.time()).isEmpty()) {
      lane.put(window);
      openCount++;
    }
    if (window.touch()) {
      unsaved.add(new Entry(lane, window));
    }
  }

  private Optional<Window> issued(Lane lane, PhenomenonTime time) throws JournalException {
    WindowKey key = lane.key(time);
    Window fresh = issued.get(key);
    if (fresh != null) {
      return Optional.of(fresh);
    }
    Optional<byte[]> bytes = journal.state().get(ISSUED, key.stateKey());
    try {
      return bytes.map(b -> Window.read(time, lane.plan().families(), b));
    } catch (IllegalArgumentException e) { // another version wrote it: it cannot be re-opened
      return Optional.empty();
    }
  }

  /** The windows of a lane as its succession sees them. */
  private Succession.Windows of(Lane lane) {
    return new Succession.Windows() {
      @Override
      public Optional<Window> open(PhenomenonTime window) {
        return lane.open(window);
      }

      @Override
      public Optional<Window> firstOpenAfter(PhenomenonTime window) {
        return lane.firstOpenAfter(window);
      }

      @Override
      public Optional<Window> issued(PhenomenonTime window) throws JournalException {
        return WindowBook.this.issued(lane, window);
      }

      @Override
      public boolean isGone(PhenomenonTime window) throws JournalException {
        return WindowBook.this.isGone(lane, window);
      }

      @Override
      public void change(Window window) {
        WindowBook.this.change(lane, window);
      }
    };
  }

  // --- issuing

  /**
   * The window that is over and ends first, of a lane.
   *
   * @throws JournalException if the medium fails
   */
  Optional<Window> firstOver(Lane lane, long now) throws JournalException {
    Optional<Succession> succession = lane.succession();
    if (succession.isPresent()) {
      succession.get().goOn(lane.overBy(now), of(lane));
    }
    return lane.firstOver(now);
  }

  /**
   * Takes an open window into the next checkpoint, with what it says.
   *
   * @param expected how many results a healthy sensor would have given
   * @throws JournalException if the medium fails
   */
  void issue(Lane lane, Window window, long expected, long now) throws JournalException {
    lane.remove(window);
    openCount--;
    unsaved.remove(new Entry(lane, window));
    WindowKey key = lane.key(window.time());
    if (window.count() > 0 || lane.plan().fills() || lane.plan().isOfSummaries()) {
      summaries.add(
          new Draft(
              key.aggregate(),
              key.window(),
              window.issue(expected, lane.plan().validity()),
              Quality.GOOD,
              now));
    } // else a companion came alone: it is kept for what may come late
    if (window.isSavedOpen()) {
      changes.add(StateChange.remove(OPEN, key.stateKey()));
    }
    window.savedAsIssued();
    changes.add(StateChange.put(ISSUED, key.stateKey(), window.toBytes()));
    issued.put(key, window);
    Optional<Succession> succession = lane.succession();
    if (succession.isPresent()) {
      succession.get().follow(window, lane.overBy(now), of(lane));
    }
  }

  /** How many Summaries the next checkpoint has already. */
  int toIssue() {
    return summaries.size();
  }

  /**
   * The checkpoint.
   *
   * @return how many Observations came too late since the last one
   * @throws JournalException if it could not be made; then this book is worth nothing any more
   */
  long save() throws JournalException {
    for (Entry entry : unsaved) {
      String key = entry.lane().key(entry.window().time()).stateKey();
      changes.add(StateChange.put(OPEN, key, entry.window().toBytes()));
      entry.window().savedAsOpen();
    }
    unsaved.clear();
    for (Lane lane : lanes.all()) {
      lane.succession()
          .filter(Succession::isUnsaved)
          .ifPresent(
              succession -> {
                changes.add(
                    StateChange.put(
                        SUCCESSIONS, lane.plan().aggregate().value(), succession.toBytes()));
                succession.saved();
              });
    }
    long more = late - savedLate;
    if (more > 0) {
      changes.add(count(LATE, late));
    }
    advance(Advance.untallied(CURSOR, durable, read, summaries, changes));
    durable = read;
    savedLate = late;
    summaries.clear();
    changes.clear();
    issued.clear();
    return more;
  }

  private void advance(Advance step) throws JournalException {
    try {
      journal.advance(step).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof JournalException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JournalException(JournalException.Reason.CLOSED, "interrupted while waiting", e);
    }
  }

  /**
   * Takes into the next checkpoint that windows are forgotten which nothing can re-open any more.
   *
   * @param before windows that ended before this, UTC epoch milliseconds
   * @param atMost so many of them
   * @return how many there were
   * @throws JournalException if the medium fails
   */
  int forget(long before, long now, int atMost) throws JournalException {
    // After a leap ahead that somebody vouched for: else no window of today would be taken until
    // that future has come.
    long forgets = Math.min(forgottenTo, now);
    int forgotten = 0;
    for (StateStore.Entry entry : journal.state().scan(ISSUED, "", atMost)) {
      long end = WindowKey.parse(entry.key()).window().to();
      if (end >= before) {
        break; // sorted by end: all that follow are younger
      }
      changes.add(StateChange.remove(ISSUED, entry.key()));
      forgets = Math.max(forgets, end);
      forgotten++;
    }
    if (forgets != forgottenTo) {
      forgottenTo = forgets;
      changes.add(count(FORGOTTEN_TO, forgottenTo));
    }
    return forgotten;
  }
}
