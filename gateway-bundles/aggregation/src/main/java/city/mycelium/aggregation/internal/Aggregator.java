package city.mycelium.aggregation.internal;

import city.mycelium.api.journal.Advance;
import city.mycelium.api.journal.Draft;
import city.mycelium.api.journal.Journal;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.StateChange;
import city.mycelium.api.journal.StateStore;
import city.mycelium.api.journal.Tally;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import city.mycelium.api.registry.Registry;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the journal from its cursor, folds GOOD measurements into windows on phenomenonTime, and
 * issues a Summary when a window is over. The cursor, the windows' state and the Summaries move in
 * one transaction, a checkpoint: whatever crashes between two of them is read again and comes to
 * the same.
 *
 * <p>Runs as tasks of its own Scheduler and needs no lock.
 */
public final class Aggregator {

  private static final Logger LOG = LoggerFactory.getLogger(Aggregator.class);
  private static final String CURSOR = "aggregation";

  /** Windows with something in them that no Summary says yet, as of the last checkpoint. */
  private static final String OPEN = "aggregation.open";

  /** Windows as their last Summary says, for as long as late data may re-open them. */
  private static final String ISSUED = "aggregation.issued";

  private static final String COUNTS = "aggregation.counts";
  private static final String LATE = "late";
  private static final int READ_AT_ONCE = 2_000;
  private static final int CHECKPOINT_AFTER = 20_000;
  private static final int STATE_AT_ONCE = 500;
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final Journal journal;
  private final Registry registry;
  private final Clock clock;
  private final Scheduler scheduler;
  private final AggregationSettings settings;
  private final List<WindowGrid> grids;

  /** Windows with something in them that no Summary says yet. */
  private final Map<WindowKey, Accumulator> open = new HashMap<>();

  /** Of those, the ones that the last checkpoint does not have as they are. */
  private final Set<WindowKey> unsaved = new HashSet<>();

  private long durable;
  private long read;
  private long late;
  private long savedLate;
  private long savedAtNanos;
  private boolean loaded;

  /** Begins to work at once. */
  public Aggregator(
      Journal journal,
      Registry registry,
      Clock clock,
      Scheduler scheduler,
      AggregationSettings settings) {
    this.journal = journal;
    this.registry = registry;
    this.clock = clock;
    this.scheduler = scheduler;
    this.settings = settings;
    grids = settings.windows().stream().map(w -> new WindowGrid(w, settings.zone())).toList();
    scheduler.execute(this::look);
  }

  private void look() {
    scheduler.after(LOOK_EVERY, this::look);
    try {
      if (!loaded) {
        load();
      }
      readOn();
    } catch (JournalException e) {
      loaded = false; // what is in memory may be ahead of the disk: begin again from there
      LOG.warn("aggregation waits for the journal: {}", e.getMessage());
    }
  }

  private void load() throws JournalException {
    open.clear();
    unsaved.clear();
    durable = journal.cursor(CURSOR).position();
    read = durable;
    late = journal.state().get(COUNTS, LATE).map(b -> ByteBuffer.wrap(b).getLong()).orElse(0L);
    savedLate = late;
    savedAtNanos = clock.monotonicNanos();
    String after = "";
    List<StateStore.Entry> page;
    do {
      page = journal.state().scan(OPEN, after, STATE_AT_ONCE);
      for (StateStore.Entry entry : page) {
        after = entry.key();
        open.put(WindowKey.parse(entry.key()), Accumulator.fromBytes(entry.value()));
      }
    } while (page.size() == STATE_AT_ONCE);
    loaded = true;
  }

  private void readOn() throws JournalException {
    while (true) {
      List<Observation> page = journal.read(read, READ_AT_ONCE);
      for (Observation observation : page) {
        fold(observation);
        read = observation.identity().offset();
      }
      if (page.size() < READ_AT_ONCE) {
        break;
      }
      if (read - durable >= CHECKPOINT_AFTER) {
        checkpoint(List.of());
      }
    }
    List<WindowKey> over = over();
    boolean isTime =
        clock.monotonicNanos() - savedAtNanos >= settings.checkpointEvery().toNanos()
            && (read > durable || !unsaved.isEmpty());
    if (!over.isEmpty() || isTime) {
      checkpoint(over);
    }
  }

  private void fold(Observation observation) throws JournalException {
    if (observation.quality() != Quality.GOOD
        || !(observation.result() instanceof Result.Measurement measurement)) {
      return;
    }
    Optional<Datastream> datastream = registry.datastream(observation.datastream());
    if (datastream.isEmpty() || datastream.get().isAggregate()) {
      return;
    }
    PhenomenonTime time = observation.phenomenonTime();
    for (WindowGrid grid : grids) {
      // A mean over a longer time than the window says nothing about the window.
      if (time.millis() <= grid.length().toMillis()) {
        fold(datastream.get(), grid, time.from(), measurement.value());
      }
    }
  }

  private void fold(Datastream raw, WindowGrid grid, long at, double value)
      throws JournalException {
    WindowKey key = new WindowKey(raw.over(grid.length()).id(), grid.at(at));
    Accumulator accumulator = open.get(key);
    if (accumulator == null) {
      Optional<byte[]> issued = journal.state().get(ISSUED, key.stateKey());
      if (issued.isEmpty() && isTooLate(key)) {
        late++;
        return;
      }
      accumulator = issued.map(Accumulator::fromBytes).orElseGet(Accumulator::new);
      open.put(key, accumulator);
    }
    accumulator.add(value);
    unsaved.add(key);
  }

  private boolean isTooLate(WindowKey key) {
    return key.window().to() + settings.allowedLateness().toMillis() < clock.epochMillis();
  }

  private List<WindowKey> over() {
    long now = clock.epochMillis();
    return open.keySet().stream()
        .filter(key -> key.window().to() + settings.holdback().toMillis() <= now)
        .sorted(Comparator.comparing(WindowKey::stateKey))
        .toList();
  }

  private void checkpoint(List<WindowKey> over) throws JournalException {
    List<Draft> summaries = new ArrayList<>();
    List<StateChange> changes = new ArrayList<>(forget());
    for (WindowKey key : over) {
      Accumulator accumulator = open.remove(key);
      unsaved.remove(key);
      if (accumulator != null) {
        summaries.add(summary(key, accumulator));
        changes.add(StateChange.remove(OPEN, key.stateKey()));
        changes.add(StateChange.put(ISSUED, key.stateKey(), accumulator.toBytes()));
      }
    }
    for (WindowKey key : unsaved) {
      Accumulator accumulator = open.get(key);
      if (accumulator != null) {
        changes.add(StateChange.put(OPEN, key.stateKey(), accumulator.toBytes()));
      }
    }
    unsaved.clear();
    if (late > savedLate) {
      LOG.warn(
          "{} observations came later than {} after the end of their window: kept raw, in no summary",
          late - savedLate,
          settings.allowedLateness());
      changes.add(
          StateChange.put(COUNTS, LATE, ByteBuffer.allocate(Long.BYTES).putLong(late).array()));
    }
    advance(new Advance(CURSOR, durable, read, Tally.NONE, summaries, changes));
    durable = read;
    savedLate = late;
    savedAtNanos = clock.monotonicNanos();
  }

  private Draft summary(WindowKey key, Accumulator accumulator) {
    long expected =
        registry
            .datastream(key.aggregate())
            .map(Datastream::samplingPeriod)
            .map(period -> Math.round((double) key.window().millis() / period.toMillis()))
            .orElse(0L);
    return new Draft(
        key.aggregate(),
        key.window(),
        accumulator.issue(expected),
        Quality.GOOD,
        clock.epochMillis());
  }

  /** Windows that nothing can re-open any more need no state. */
  private List<StateChange> forget() throws JournalException {
    List<StateChange> forgotten = new ArrayList<>();
    for (StateStore.Entry entry : journal.state().scan(ISSUED, "", STATE_AT_ONCE)) {
      if (!isTooLate(WindowKey.parse(entry.key()))) {
        break; // sorted by end: all that follow are younger
      }
      forgotten.add(StateChange.remove(ISSUED, entry.key()));
    }
    return forgotten;
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
}
