package city.mycelium.sync.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Connector;
import city.mycelium.api.connector.Message;
import city.mycelium.api.consent.Consent;
import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectEvent;
import city.mycelium.api.dialect.Link;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.dialect.Turn;
import city.mycelium.api.journal.Advance;
import city.mycelium.api.journal.Journal;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.StateChange;
import city.mycelium.api.journal.Tally;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.registry.Registry;
import city.mycelium.api.time.Backoff;
import city.mycelium.api.time.Cancellable;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the journal to one Destination: sends runs of offsets as flights, lands them when their
 * proof comes, and moves the cursor over what has landed without a hole. What stays unproven goes
 * out again.
 *
 * <p>Everything but {@link #close} runs as tasks of its own Scheduler, so one Destination that
 * hangs delays no other, and nothing here needs a lock.
 */
public final class DestinationSync implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DestinationSync.class);
  private static final String DIALECT_STATE = "sync.dialect";
  private static final Duration STORAGE_RETRY = Duration.ofSeconds(5);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration TICK = Duration.ofSeconds(30);

  /**
   * A message covers at most this many times its batch: long stretches of nothing need no haste.
   */
  private static final int COVER_FACTOR = 50;

  private final Destination destination;
  private final Journal journal;
  private final Dialect dialect;
  private final Clock clock;
  private final Scheduler scheduler;
  private final Link link;
  private final Sorter sorter;
  private final ReadAhead ahead;
  private final RandomGenerator random;
  private final TreeMap<Long, Flight> flights = new TreeMap<>();
  private final Cancellable watchingJournal;
  private final Cancellable watchingRegistry;
  private final Connector.Session session;

  private byte[] dialectState = new byte[0];
  private boolean loaded;
  private boolean connected;
  private boolean advancing;
  private boolean registryChanged;
  private long position;
  private long sentUpTo;
  private long lingeringSinceNanos;
  private boolean lingering;
  private @Nullable Cancellable wake;
  private long wakeAtNanos;

  /** Opens the connection and begins to send. */
  public DestinationSync(
      Destination destination,
      Journal journal,
      Registry registry,
      Consent consent,
      Dialect dialect,
      Connector connector,
      Clock clock,
      Scheduler scheduler,
      RandomGenerator random) {
    this.destination = destination;
    this.journal = journal;
    this.dialect = dialect;
    this.clock = clock;
    this.scheduler = scheduler;
    link = new Link(journal.gateway(), journal.epoch(), journal.predecessors(), destination.name(), destination.proof());
    sorter = new Sorter(destination, registry, consent, clock);
    ahead = new ReadAhead(journal);
    this.random = random;
    session = connector.open(dialect.farewell(link), dialect.inboundChannels(link), new Ears());
    watchingJournal = journal.onAppend(() -> scheduler.execute(this::pump));
    watchingRegistry =
        registry.onChange(
            () ->
                scheduler.execute(
                    () -> {
                      registryChanged = true;
                      pump();
                    }));
    scheduler.execute(this::pump);
    scheduler.after(TICK, this::tick);
  }

  @Override
  public void close() {
    watchingJournal.cancel();
    watchingRegistry.cancel();
    scheduler.close();
    session.close();
  }

  /** The connector's thread only hands over; the work is done by the Scheduler. */
  private final class Ears implements Connector.Listener {
    @Override
    public void connected() {
      scheduler.execute(DestinationSync.this::whenConnected);
    }

    @Override
    public void disconnected(String why) {
      scheduler.execute(
          () -> {
            if (connected) {
              LOG.warn("destination {}: connection lost: {}", destination.name(), why);
            }
            connected = false;
          });
    }

    @Override
    public void received(Message message) {
      scheduler.execute(() -> turn(new DialectEvent.Received(message)));
    }
  }

  private void whenConnected() {
    LOG.info("destination {}: connected", destination.name());
    connected = true;
    turn(new DialectEvent.Connected(sorter.catalogue()));
    // A broker that lost its state has forgotten what was on its way: all that is unproven goes
    // again.
    flights.values().forEach(flight -> flight.sendAgainAt(clock.monotonicNanos()));
    pump();
  }

  private void tick() {
    scheduler.after(TICK, this::tick);
    turn(new DialectEvent.Tick(clock.epochMillis()));
  }

  private void pump() {
    try {
      if (!loaded && !advancing) {
        load();
      }
      if (loaded && connected) {
        if (registryChanged) {
          registryChanged = false;
          turn(new DialectEvent.Connected(sorter.catalogue()));
        }
        sendDue();
        sendOn();
      }
      land();
    } catch (JournalException e) {
      LOG.warn("destination {} waits for the journal: {}", destination.name(), e.getMessage());
      loaded = false;
      wakeAfter(STORAGE_RETRY);
    }
  }

  /** Begins where the durable cursor stands; what was out before goes out again. */
  private void load() throws JournalException {
    position = journal.cursor(destination.cursor()).position();
    dialectState =
        journal.state().get(DIALECT_STATE, destination.name()).orElseGet(() -> new byte[0]);
    flights.clear();
    sentUpTo = position;
    ahead.seek(sentUpTo);
    loaded = true;
  }

  private void sendDue() throws JournalException {
    long now = clock.monotonicNanos();
    for (Flight flight : List.copyOf(flights.values())) {
      if (flight.isDue(now)) {
        send(flight);
      }
    }
    flights.values().stream()
        .filter(flight -> !flight.hasLanded())
        .mapToLong(Flight::dueNanos)
        .min()
        .ifPresent(due -> wakeAfter(Duration.ofNanos(Math.max(0, due - now))));
  }

  private void sendOn() throws JournalException {
    while (flights.size() < destination.inFlight()) {
      List<Observation> run = nextRun();
      if (run.isEmpty()) {
        return;
      }
      OffsetRange covers = new OffsetRange(sentUpTo + 1, lastOf(run));
      Flight flight = flight(covers, false);
      flights.put(covers.first(), flight);
      sentUpTo = covers.last();
      send(flight, sorter.sort(run), 0);
    }
  }

  /**
   * The next run of Observations, or nothing if there is none yet or it is worth waiting for more.
   */
  private List<Observation> nextRun() throws JournalException {
    long waiting = journal.lastOffset() - sentUpTo;
    if (waiting > 0 && waiting < destination.batchObservations() && isWorthWaiting()) {
      return List.of();
    }
    lingering = false;
    if (waiting <= 0) {
      return List.of();
    }
    sorter.judgeAnew();
    ahead.seek(sentUpTo);
    List<Observation> run = new ArrayList<>();
    int outgoing = 0;
    long next = sentUpTo + 1;
    Observation observation = ahead.peek();
    if (observation != null && observation.identity().offset() != next) {
      loaded = false; // retention has overtaken us, and has moved and counted our cursor
      scheduler.execute(this::pump);
      return List.of();
    }
    while (observation != null
        && observation.identity().offset() == next
        && outgoing < destination.batchObservations()
        && run.size() < (long) destination.batchObservations() * COVER_FACTOR) {
      run.add(observation);
      if (sorter.goes(observation.datastream())) {
        outgoing++;
      }
      ahead.take();
      next++;
      observation = ahead.peek();
    }
    return run;
  }

  private boolean isWorthWaiting() {
    long now = clock.monotonicNanos();
    if (!lingering) {
      lingering = true;
      lingeringSinceNanos = now;
    }
    long left = destination.linger().toNanos() - (now - lingeringSinceNanos);
    if (left > 0) {
      wakeAfter(Duration.ofNanos(left));
    }
    return left > 0;
  }

  private Flight flight(OffsetRange covers, boolean repair) {
    return new Flight(
        covers,
        repair,
        new Backoff(destination.proofTimeout(), destination.retryAtMost(), random),
        new Backoff(FIRST_RETRY, destination.retryAtMost(), random));
  }

  private static long lastOf(List<Observation> run) {
    return run.get(run.size() - 1).identity().offset();
  }

  /** Reads again what a flight covers; consent may have changed, retention may have been there. */
  private void send(Flight flight) throws JournalException {
    sorter.judgeAnew();
    OffsetRange covers = flight.covers();
    List<Observation> run =
        journal.read(covers.first() - 1, (int) covers.size()).stream()
            .filter(observation -> covers.contains(observation.identity().offset()))
            .toList();
    send(flight, sorter.sort(run), covers.size() - run.size());
  }

  private void send(Flight flight, Sorter.Sorted sorted, long dropped) {
    if (sorted.news()) {
      turn(new DialectEvent.Connected(sorter.catalogue()));
    }
    wakeAfter(flight.sent(sorted.tally(dropped), clock.monotonicNanos()));
    turn(new DialectEvent.Send(flight.covers(), dropped, sorted.outgoing()));
  }

  private void turn(DialectEvent event) {
    Turn turn = dialect.turn(link, dialectState, event);
    if (!Arrays.equals(turn.state(), dialectState)) {
      dialectState = turn.state();
      save(dialectState);
    }
    for (Turn.Dispatch dispatch : turn.dispatches()) {
      OffsetRange covers = dispatch.covers();
      var unused =
          session
              .send(dispatch.message())
              .thenAccept(
                  answer -> {
                    if (covers != null) {
                      scheduler.execute(() -> answered(covers, answer));
                    }
                  });
    }
    turn.outcomes().forEach(this::conclude);
    if (!turn.outcomes().isEmpty()) {
      scheduler.execute(this::pump);
    }
  }

  private void answered(OffsetRange covers, Answer answer) {
    turn(new DialectEvent.Answered(covers, answer));
  }

  private void save(byte[] state) {
    var unused =
        journal
            .state()
            .write(List.of(StateChange.put(DIALECT_STATE, destination.name(), state)))
            .exceptionally(
                failure -> {
                  LOG.warn("destination {}: {}", destination.name(), failure.getMessage());
                  return null;
                });
  }

  private void conclude(Outcome outcome) {
    if (outcome instanceof Outcome.Delivered delivered) {
      if (delivered.epoch() == link.epoch()) {
        within(delivered.offsets()).forEach(Flight::land);
      }
    } else if (outcome instanceof Outcome.Rejected rejected) {
      LOG.warn(
          "destination {} refuses offsets {} to {} for good; they are counted as dropped: {}",
          destination.name(),
          rejected.offsets().first(),
          rejected.offsets().last(),
          rejected.why());
      reject(rejected.offsets());
    } else if (outcome instanceof Outcome.SendAgain again) {
      sendAgain(again);
    } else if (outcome instanceof Outcome.Missing missing) {
      if (missing.epoch() == link.epoch()) {
        repair(missing.offsets());
      }
    } else if (outcome instanceof Outcome.Unintelligible unintelligible) {
      LOG.warn("destination {}: {}", destination.name(), unintelligible.why());
    }
  }

  /** A whole flight lands as dropped; a part of one is dropped out of it, and the rest flies on. */
  private void reject(OffsetRange offsets) {
    List<Flight> whole = within(offsets);
    whole.forEach(Flight::landRejected);
    if (whole.isEmpty()) {
      var around = flights.floorEntry(offsets.first());
      if (around != null && around.getValue().covers().contains(offsets.last())) {
        around.getValue().drop(offsets.size());
      }
    }
  }

  /**
   * Flights that are out and lie wholly in the range: nothing is believed of what was never sent.
   */
  private List<Flight> within(OffsetRange offsets) {
    return flights.subMap(offsets.first(), true, offsets.last(), true).values().stream()
        .filter(flight -> flight.covers().last() <= offsets.last())
        .toList();
  }

  private void sendAgain(Outcome.SendAgain again) {
    within(again.offsets()).forEach(flight -> flight.refused(clock.monotonicNanos()));
  }

  /** The far end lacks what the cursor has passed: it was restored, or retention has been there. */
  private void repair(OffsetRange missing) {
    long last = Math.min(missing.last(), position);
    boolean isUnderRepair = flights.values().stream().anyMatch(f -> f.isRepair() && !f.hasLanded());
    if (missing.first() > last || isUnderRepair) {
      return; // one piece at a time: the next acknowledgement asks for the rest
    }
    long end = Math.min(last, missing.first() + destination.batchObservations() - 1);
    LOG.info(
        "destination {} lacks offsets {} to {}; sending {} to {} again",
        destination.name(),
        missing.first(),
        missing.last(),
        missing.first(),
        end);
    OffsetRange covers = new OffsetRange(missing.first(), end);
    Flight flight = flight(covers, true);
    flight.sendAgainAt(clock.monotonicNanos());
    flights.put(covers.first(), flight);
  }

  /** Moves the cursor over what has landed without a hole, one step at a time. */
  private void land() {
    flights.values().removeIf(flight -> flight.isRepair() && flight.hasLanded());
    if (advancing || !loaded) {
      return;
    }
    long to = position;
    Tally tally = Tally.NONE;
    for (Flight flight : flights.tailMap(position + 1, true).values()) {
      if (!flight.hasLanded() || flight.covers().first() != to + 1) {
        break;
      }
      to = flight.covers().last();
      tally = tally.plus(flight.tally());
    }
    if (to > position) {
      advance(to, tally);
    }
  }

  private void advance(long to, Tally tally) {
    advancing = true;
    Advance step = new Advance(destination.cursor(), position, to, tally, List.of(), List.of());
    var unused =
        journal
            .advance(step)
            .whenComplete((receipt, failure) -> scheduler.execute(() -> advanced(to, failure)));
  }

  private void advanced(long to, @Nullable Throwable failure) {
    advancing = false;
    if (failure == null) {
      position = to;
      flights.headMap(to, true).values().removeIf(flight -> !flight.isRepair());
      pump();
      return;
    }
    LOG.warn(
        "destination {}: the cursor could not be moved and is read again: {}",
        destination.name(),
        failure.getMessage());
    loaded = false;
    wakeAfter(STORAGE_RETRY);
  }

  /** Looks again after a while; an earlier look that is planned stays planned. */
  private void wakeAfter(Duration delay) {
    long at = clock.monotonicNanos() + delay.toNanos();
    if (wake != null && wakeAtNanos - at <= 0) {
      return;
    }
    if (wake != null) {
      wake.cancel();
    }
    wakeAtNanos = at;
    wake =
        scheduler.after(
            delay,
            () -> {
              wake = null;
              pump();
            });
  }
}
