package city.mycelium.aggregation.internal;

import city.mycelium.api.journal.Journal;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.registry.Registry;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import city.mycelium.api.time.Trust;
import city.mycelium.api.time.TrustedTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the journal from its cursor, folds GOOD results into windows on phenomenonTime, and issues
 * a Summary when a window is over. What is kept of that, and how it survives a crash, is {@link
 * WindowBook}'s business.
 *
 * <p>What is late is judged by the Observation's own times and by the state, never by when it is
 * read: so it makes no difference how long the gateway was off, or how often it crashed. While the
 * time cannot be trusted nothing is done: no window is over by a clock that may be wrong, and
 * nothing new is in the journal either, for everything in it was received in trusted time.
 *
 * <p>An aggregate that is made of aggregates reads them in the journal, as any Observation.
 *
 * <p>Runs as tasks of its own Scheduler, or by {@link #work} where somebody else owns the turns; it
 * needs no lock.
 */
public final class Aggregator {

  private static final Logger LOG = LoggerFactory.getLogger(Aggregator.class);
  private static final int READ_AT_ONCE = 16_000;
  private static final int CHECKPOINT_AFTER = 100_000;
  private static final int ISSUE_AT_ONCE = 2_000;
  private static final int FORGET_AT_ONCE = 5_000;

  /** A small multiple of what any gateway needs; what it costs is a few megabytes. */
  private static final int OPEN_AT_MOST = 10_000;

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /** What is forgotten costs a commit: so it is done seldom, and much at once. */
  private static final Duration FORGET_EVERY = Duration.ofMinutes(10);

  /**
   * For so much longer than it can be re-opened a window is known: what is made of its last Summary
   * is issued after it.
   */
  private static final Duration KNOWN_LONGER = Duration.ofHours(1);

  private final Journal journal;
  private final Registry registry;
  private final Clock clock;
  private final TrustedTime time;
  private final Scheduler scheduler;
  private final AggregationSettings settings;
  private final long allowedLatenessMillis;

  /** What is in memory; null where that may be ahead of the disk, to be taken from there anew. */
  private @Nullable State state;

  private long savedAtNanos;
  private long forgotAtNanos;
  private boolean waiting;
  private boolean saidLate;
  private boolean saidUntrusted;

  private record State(Lanes lanes, WindowBook book) {}

  private record Due(Lane lane, Window window) {
    static final Comparator<Due> FIRST = Comparator.comparing(Due::key);

    WindowKey key() {
      return lane.key(window.time());
    }
  }

  public Aggregator(
      Journal journal,
      Registry registry,
      Clock clock,
      TrustedTime time,
      Scheduler scheduler,
      AggregationSettings settings) {
    this.journal = journal;
    this.registry = registry;
    this.clock = clock;
    this.time = time;
    this.scheduler = scheduler;
    this.settings = settings;
    allowedLatenessMillis = settings.allowedLateness().toMillis();
    forgotAtNanos = clock.monotonicNanos();
  }

  /** Begins to work. */
  public void start() {
    scheduler.execute(this::look);
  }

  private void look() {
    scheduler.after(LOOK_EVERY, this::look);
    work();
  }

  /**
   * Does all that there is to do now: for whoever has {@link #start}ed nothing and owns the turns,
   * such as a benchmark. One thread at a time.
   */
  public void work() {
    if (!isTrusted()) {
      return;
    }
    State now = state;
    state = null; // if anything goes wrong, begin again from the disk
    try {
      if (now == null) {
        now = load();
      }
      work(now);
      state = now;
      if (waiting) {
        waiting = false;
        LOG.info("aggregation goes on");
      }
    } catch (JournalException e) {
      if (!waiting) {
        waiting = true;
        LOG.warn("aggregation waits for the journal: {}", e.getMessage());
      }
    }
  }

  private boolean isTrusted() {
    Trust trust = time.trust();
    if (trust.isTrusted() == saidUntrusted) {
      saidUntrusted = !trust.isTrusted();
      LOG.info(
          trust.isTrusted() ? "aggregation goes on: {}" : "aggregation waits for the time: {}",
          trust.why());
    }
    return trust.isTrusted();
  }

  private State load() throws JournalException {
    Lanes lanes = new Lanes(registry, settings);
    savedAtNanos = clock.monotonicNanos();
    return new State(lanes, new WindowBook(journal, lanes));
  }

  private void work(State now) throws JournalException {
    WindowBook book = now.book();
    readOn(now);
    boolean issued = issue(now, 0) > 0;
    if (!issued
        && since(forgotAtNanos).compareTo(FORGET_EVERY) >= 0
        && book.read() >= journal.lastOffset()) {
      // Only when there is nothing left to be made of what was issued.
      forget(book);
    }
    if (issued || since(savedAtNanos).compareTo(settings.checkpointEvery()) >= 0) {
      save(book);
    }
  }

  private Duration since(long monotonicNanos) {
    return Duration.ofNanos(clock.monotonicNanos() - monotonicNanos);
  }

  private void save(WindowBook book) throws JournalException {
    if (book.isChanged()) {
      sayLate(book.save());
      savedAtNanos = clock.monotonicNanos();
    }
  }

  private void forget(WindowBook book) throws JournalException {
    long epochMillis = clock.epochMillis();
    long before = epochMillis - allowedLatenessMillis - KNOWN_LONGER.toMillis();
    if (book.forget(before, epochMillis, FORGET_AT_ONCE) < FORGET_AT_ONCE) {
      forgotAtNanos = clock.monotonicNanos();
    }
    save(book);
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

  // --- reading

  private void readOn(State now) throws JournalException {
    WindowBook book = now.book();
    List<Observation> page = journal.read(book.read(), READ_AT_ONCE);
    while (!page.isEmpty()) {
      now.lanes().lookForNewDatastreams();
      fold(now, page);
      book.readTo(page.get(page.size() - 1).identity().offset());
      if (book.openCount() > OPEN_AT_MOST) {
        makeRoom(now);
      }
      if (book.readSince() >= CHECKPOINT_AFTER) {
        // What is over may have more to come in the backlog: one Summary is better than two.
        save(book);
      }
      page = journal.read(book.read(), READ_AT_ONCE);
    }
  }

  /**
   * Folds a page, one Datastream after the other: the order makes no difference to what comes out,
   * but a great one to the processor, which then has the few windows at hand that it works on.
   */
  private void fold(State now, List<Observation> page) throws JournalException {
    Map<DatastreamId, List<Observation>> byDatastream = new LinkedHashMap<>();
    for (Observation observation : page) {
      if (observation.quality() == Quality.GOOD) {
        byDatastream
            .computeIfAbsent(observation.datastream(), id -> new ArrayList<>())
            .add(observation);
      }
    }
    for (Map.Entry<DatastreamId, List<Observation>> entry : byDatastream.entrySet()) {
      BitSet late = new BitSet();
      for (Lane lane : now.lanes().madeOf(entry.getKey())) {
        fold(now.book(), lane, entry.getValue(), late);
      }
      now.book().leftOut(late.cardinality());
      for (Lane lane : now.lanes().accompaniedBy(entry.getKey())) {
        accompany(now.book(), lane, entry.getValue());
      }
    }
  }

  /**
   * Puts what a Datastream said into the windows of one lane.
   *
   * @param late gets the places of those that were too late for one of them
   */
  private void fold(WindowBook book, Lane lane, List<Observation> observations, BitSet late)
      throws JournalException {
    Window last = null;
    for (int i = 0; i < observations.size(); i++) {
      Observation observation = observations.get(i);
      PhenomenonTime at = observation.phenomenonTime();
      if (last != null && lane.takes(at) && belongs(last, observation)) {
        last.add(at.from(), observation.result()); // as most do: nothing has to be looked up
        continue;
      }
      if (!lane.takes(at, observation.result())) {
        continue;
      }
      for (PhenomenonTime window : lane.windowsOf(at)) {
        Optional<Window> open = open(book, lane, window, observation.receivedAt());
        if (open.isPresent()) {
          open.get().add(at.from(), observation.result());
          last = lane.plan().isOfSummaries() ? null : open.get();
        } else {
          late.set(i);
        }
      }
    }
  }

  /** Whether an Observation goes into a window that was opened for the one before it. */
  private boolean belongs(Window window, Observation observation) {
    return window.contains(observation.phenomenonTime().from())
        && !isLate(window.time(), observation.receivedAt());
  }

  /** Puts what a companion said beside the results of a lane. */
  private void accompany(WindowBook book, Lane lane, List<Observation> observations)
      throws JournalException {
    for (Observation observation : observations) {
      PhenomenonTime at = observation.phenomenonTime();
      if (lane.takesCompanion(at, observation.result())) {
        for (PhenomenonTime window : lane.windowsOf(at)) {
          open(book, lane, window, observation.receivedAt())
              .ifPresent(w -> w.accompany(at.from(), observation.result()));
        }
      }
    }
  }

  /** The window that what was received at this time goes into; nothing if that was too late. */
  private Optional<Window> open(WindowBook book, Lane lane, PhenomenonTime window, long receivedAt)
      throws JournalException {
    // A Summary is never late: it is issued whenever what it is made of has come.
    if (!lane.plan().isOfSummaries() && isLate(window, receivedAt)) {
      return Optional.empty();
    }
    return book.toChange(lane, window, clock.epochMillis());
  }

  private boolean isLate(PhenomenonTime window, long receivedAt) {
    return receivedAt > window.to() + allowedLatenessMillis;
  }

  // --- issuing

  /** Issues what is over, what ends first going first, until only so many windows are open. */
  private int issue(State now, int untilOpen) throws JournalException {
    WindowBook book = now.book();
    long epochMillis = clock.epochMillis();
    PriorityQueue<Due> due = new PriorityQueue<>(Due.FIRST);
    for (Lane lane : now.lanes().all()) {
      book.firstOver(lane, epochMillis).ifPresent(window -> due.add(new Due(lane, window)));
    }
    int issued = 0;
    for (Due next = due.poll(); next != null && book.openCount() > untilOpen; next = due.poll()) {
      issue(book, next, epochMillis);
      issued++;
      Lane lane = next.lane();
      book.firstOver(lane, epochMillis).ifPresent(window -> due.add(new Due(lane, window)));
    }
    return issued;
  }

  private void issue(WindowBook book, Due due, long epochMillis) throws JournalException {
    book.issue(due.lane(), due.window(), expected(due), epochMillis);
    if (book.toIssue() >= ISSUE_AT_ONCE) {
      save(book);
    }
  }

  private void makeRoom(State now) throws JournalException {
    issue(now, OPEN_AT_MOST / 2);
    if (now.book().openCount() > OPEN_AT_MOST / 2) {
      // A sender that lives in the future must not fill the memory: the windows that end last are
      // issued before their time, and re-opened if there is more.
      Stream<Due> last =
          now.lanes().all().stream()
              .flatMap(lane -> lane.open().stream().map(window -> new Due(lane, window)))
              .sorted(Due.FIRST.reversed())
              .limit(now.book().openCount() - OPEN_AT_MOST / 2);
      for (Due due : last.toList()) {
        issue(now.book(), due, clock.epochMillis());
      }
    }
    save(now.book());
  }

  /** How many results a healthy sensor gives in a window, at the least. */
  private long expected(Due due) {
    Duration own = due.lane().plan().period();
    Optional<Duration> period =
        own != null
            ? Optional.of(own)
            : registry.datastream(due.lane().plan().aggregate()).map(Datastream::samplingPeriod);
    return period.map(p -> (long) (due.window().time().millis() / millis(p))).orElse(0L);
  }

  private static double millis(Duration duration) {
    return duration.getSeconds() * 1e3 + duration.getNano() / 1e6;
  }
}
