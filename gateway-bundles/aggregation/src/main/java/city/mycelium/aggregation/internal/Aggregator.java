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
 * <p>What is late is judged by the Observation's own times and by the state, never by when it is
 * read: so it makes no difference how long the gateway was off, or how often it crashed.
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
  private static final String FORGOTTEN_TO = "forgottenTo";
  private static final int READ_AT_ONCE = 2_000;
  private static final int CHECKPOINT_AFTER = 20_000;
  private static final int STATE_AT_ONCE = 500;

  /** A small multiple of what any gateway needs; what it costs is a few megabytes. */
  private static final int OPEN_AT_MOST = 10_000;

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /** The longest window, and so the longest that a leap of the clock may cut in two. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private final Journal journal;
  private final Registry registry;
  private final Clock clock;
  private final Scheduler scheduler;
  private final AggregationSettings settings;
  private final List<WindowGrid> grids;
  private final SteadyClock steady;

  /** Windows with something in them that no Summary says yet. */
  private final Map<WindowKey, Accumulator> open = new HashMap<>();

  /** Of those, the ones that the last checkpoint does not have as they are. */
  private final Set<WindowKey> unsaved = new HashSet<>();

  /** The cursor, and how far this one has read. */
  private long durable;

  private long read;

  /** How many Observations were left out of a window because they came too late, ever. */
  private long late;

  private long savedLate;

  /** The latest end of a window whose state is forgotten: from then on it cannot be re-opened. */
  private long forgottenTo;

  private long savedAtNanos;
  private boolean loaded;
  private boolean waiting;
  private boolean saidLate;

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
    grids = settings.grids();
    steady = new SteadyClock(clock);
  }

  /** Begins to work. */
  public void start() {
    scheduler.execute(this::look);
  }

  private void look() {
    scheduler.after(LOOK_EVERY, this::look);
    Duration steadyFor = steady.steadyFor();
    boolean done = false;
    try {
      if (!loaded) {
        load();
      }
      readOn(steadyFor);
      done = true;
      if (waiting) {
        waiting = false;
        LOG.info("aggregation goes on");
      }
    } catch (JournalException e) {
      if (!waiting) {
        waiting = true;
        LOG.warn("aggregation waits for the journal: {}", e.getMessage());
      }
    } finally {
      loaded = done; // else what is in memory may be ahead of the disk: begin again from there
    }
  }

  private void load() throws JournalException {
    open.clear();
    unsaved.clear();
    durable = journal.cursor(CURSOR).position();
    read = durable;
    late = count(LATE);
    savedLate = late;
    forgottenTo = count(FORGOTTEN_TO);
    savedAtNanos = clock.monotonicNanos();
    String after = "";
    List<StateStore.Entry> page;
    do {
      page = journal.state().scan(OPEN, after, STATE_AT_ONCE);
      for (StateStore.Entry entry : page) {
        after = entry.key();
        Optional<Accumulator> accumulator = Accumulator.fromBytes(entry.value());
        if (accumulator.isPresent()) {
          open.put(WindowKey.parse(entry.key()), accumulator.get());
        } else {
          LOG.error(
              "what was known of the window {} was written by another version, so its Summary will"
                  + " lack it",
              entry.key());
        }
      }
    } while (page.size() == STATE_AT_ONCE);
  }

  private long count(String name) throws JournalException {
    return journal.state().get(COUNTS, name).map(b -> ByteBuffer.wrap(b).getLong()).orElse(0L);
  }

  private static StateChange count(String name, long value) {
    return StateChange.put(COUNTS, name, ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }

  private void readOn(Duration steadyFor) throws JournalException {
    List<Observation> page = journal.read(read, READ_AT_ONCE);
    while (!page.isEmpty()) {
      for (Observation observation : page) {
        fold(observation);
        read = observation.identity().offset();
      }
      if (open.size() > OPEN_AT_MOST) {
        checkpoint(over(), List.of());
      } else if (read - durable >= CHECKPOINT_AFTER) {
        // What is over may have more to come in the backlog: one Summary is better than two.
        checkpoint(List.of(), List.of());
      }
      page = journal.read(read, READ_AT_ONCE);
    }
    List<WindowKey> over = over();
    boolean isTime =
        clock.monotonicNanos() - savedAtNanos >= settings.checkpointEvery().toNanos()
            && (read > durable || !unsaved.isEmpty());
    if (!over.isEmpty() || isTime) {
      checkpoint(
          over,
          // Not before the clock has proved itself: what is forgotten cannot be re-opened.
          steadyFor.compareTo(LONGEST) >= 0 ? forget(STATE_AT_ONCE + 2 * over.size()) : List.of());
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
    boolean leftOut = false;
    for (WindowGrid grid : grids) {
      // A mean over a longer time than the window says nothing about the window.
      if (time.millis() <= grid.length().toMillis()) {
        WindowKey key =
            new WindowKey(datastream.get().over(grid.length()).id(), grid.at(time.from()));
        Optional<Accumulator> accumulator = accumulator(key, observation.receivedAt());
        accumulator.ifPresent(a -> a.add(measurement.value()));
        leftOut |= accumulator.isEmpty();
      }
    }
    if (leftOut) {
      late++;
    }
  }

  /** Where a result belongs that was received at this time; nowhere if that was too late. */
  private Optional<Accumulator> accumulator(WindowKey key, long receivedAt)
      throws JournalException {
    if (receivedAt > key.window().to() + settings.allowedLateness().toMillis()) {
      return Optional.empty();
    }
    if (!open.containsKey(key)) {
      Optional<byte[]> issued = journal.state().get(ISSUED, key.stateKey());
      if (issued.isEmpty() && key.window().to() <= forgottenTo) {
        return Optional.empty(); // it may have been issued already, and what it said is gone
      }
      Optional<Accumulator> asItWas =
          issued.isEmpty() ? Optional.of(new Accumulator()) : Accumulator.fromBytes(issued.get());
      if (asItWas.isEmpty()) {
        return Optional.empty();
      }
      open.put(key, asItWas.get());
    }
    unsaved.add(key);
    return Optional.ofNullable(open.get(key));
  }

  /** Windows to issue now, the oldest first. */
  private List<WindowKey> over() {
    long over = clock.epochMillis() - settings.holdback().toMillis();
    List<WindowKey> keys =
        new ArrayList<>(open.keySet().stream().filter(key -> key.window().to() <= over).toList());
    if (open.size() - keys.size() > OPEN_AT_MOST) {
      // A sender that lives in the future must not fill the memory: the windows that end last are
      // issued before their time, and re-opened if there is more.
      open.keySet().stream()
          .filter(key -> key.window().to() > over)
          .sorted(Comparator.reverseOrder())
          .limit(open.size() - keys.size() - OPEN_AT_MOST / 2)
          .forEach(keys::add);
    }
    keys.sort(Comparator.naturalOrder());
    return keys;
  }

  private void checkpoint(List<WindowKey> over, List<StateChange> forgotten)
      throws JournalException {
    List<Draft> summaries = new ArrayList<>();
    List<StateChange> changes = new ArrayList<>(forgotten);
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
      changes.add(count(LATE, late));
    }
    advance(new Advance(CURSOR, durable, read, Tally.NONE, summaries, changes));
    sayLate(late - savedLate);
    durable = read;
    savedLate = late;
    savedAtNanos = clock.monotonicNanos();
  }

  private void sayLate(long more) {
    if (more > 0 && !saidLate) {
      LOG.warn(
          "{} observations came later than {} after the end of their window: they are kept raw, and"
              + " are in no summary. A clock may be wrong.",
          more,
          settings.allowedLateness());
    }
    saidLate = more > 0;
  }

  private Draft summary(WindowKey key, Accumulator accumulator) {
    long expected =
        registry
            .datastream(key.aggregate())
            .map(Datastream::samplingPeriod)
            .map(period -> Math.round((double) key.window().millis() / millis(period)))
            .orElse(0L);
    return new Draft(
        key.aggregate(),
        key.window(),
        accumulator.issue(expected),
        Quality.GOOD,
        clock.epochMillis());
  }

  private static double millis(Duration duration) {
    return duration.getSeconds() * 1e3 + duration.getNano() / 1e6;
  }

  /** Windows that nothing can re-open any more need no state; at most so many of them. */
  private List<StateChange> forget(int atMost) throws JournalException {
    long now = clock.epochMillis();
    // After a leap ahead that lasted, so that the windows of today do not count as forgotten until
    // that future has come.
    long forgets = Math.min(forgottenTo, now + LONGEST.toMillis());
    List<StateChange> changes = new ArrayList<>();
    for (StateStore.Entry entry : journal.state().scan(ISSUED, "", atMost)) {
      long end = WindowKey.parse(entry.key()).window().to();
      if (end + settings.allowedLateness().toMillis() >= now) {
        break; // sorted by end: all that follow are younger
      }
      changes.add(StateChange.remove(ISSUED, entry.key()));
      forgets = Math.max(forgets, end);
    }
    if (forgets != forgottenTo) {
      forgottenTo = forgets;
      changes.add(count(FORGOTTEN_TO, forgottenTo));
    }
    return changes;
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
