package city.mycelium.sync.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Connector;
import city.mycelium.api.consent.Consent;
import city.mycelium.api.control.CommandException;
import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectEvent;
import city.mycelium.api.dialect.Link;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.journal.Journal;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.registry.Registry;
import city.mycelium.api.time.Backoff;
import city.mycelium.api.time.Cancellable;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the journal to one Destination: sends ranges of offsets as flights, lands them when their
 * proof comes, and lets the cursor pass what has landed. What stays unproven goes out again.
 *
 * <p>Everything but {@link #close} and {@link #ask} runs as tasks of its own Scheduler, so one
 * Destination that hangs delays no other, and nothing here needs a lock.
 */
public final class DestinationSync implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DestinationSync.class);
  private static final Duration STORAGE_RETRY = Duration.ofSeconds(5);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration TICK = Duration.ofSeconds(30);

  /** Urgent flights are few and small: so many beside the window. */
  private static final int URGENT_IN_FLIGHT = 8;

  /** What is sent again at somebody's wish uses little of the line. */
  private static final int REPLAY_IN_FLIGHT = 4;

  /** Messages of a replay that are put together in one go; a longer one lets others in between. */
  private static final int REPLAY_AT_ONCE = 20;

  /**
   * So many pieces may land above the cursor; then nothing overtakes until there are fewer. An
   * acknowledgement tells at most 100 ranges (docs/wire.md, 4), and quarantine needs some.
   */
  static final int MAX_ISLANDS = 32;

  private final Destination destination;
  private final Journal journal;
  private final Clock clock;
  private final Scheduler scheduler;
  private final RandomGenerator random;
  private final Wake wake;
  private final Link link;
  private final Sorter sorter;
  private final Lanes lanes;
  private final Urgent urgent;
  private final Notebook notebook;
  private final Budget budget;
  private final Quarantine quarantine;
  private final Replay replay;
  private final Progress progress;
  private final Flights flights = new Flights();
  private final Landing landing;
  private final Conversation conversation;
  private final Cancellable watchingJournal;
  private final Cancellable watchingRegistry;

  private boolean remembers;
  private boolean connected;
  private boolean registryChanged;
  private long messages;
  private String lastError = "";
  private long lastErrorAt;

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
    this.clock = clock;
    this.scheduler = scheduler;
    this.random = random;
    link =
        new Link(
            journal.gateway(),
            journal.epoch(),
            journal.predecessors(),
            destination.name(),
            destination.proof());
    wake = new Wake(clock, scheduler, this::pump);
    sorter = new Sorter(destination, registry, consent, clock);
    lanes = new Lanes(destination, journal, sorter, clock, wake);
    urgent = new Urgent(destination, journal, sorter);
    notebook = new Notebook(journal.state(), destination.name());
    budget = new Budget(destination.policy().limits(), clock, notebook);
    quarantine = new Quarantine(notebook);
    replay = new Replay(notebook);
    progress =
        new Progress(
            destination, journal, clock, scheduler, wake, notebook, quarantine, this::pump);
    landing = new Landing(destination, clock, flights, progress, quarantine, replay);
    conversation =
        new Conversation(dialect, link, connector, scheduler, notebook, budget, new Mind());
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
    conversation.close();
  }

  /** What is heard changes what is out. */
  private final class Mind implements Conversation.Owner {
    @Override
    public void connected() {
      LOG.info("destination {}: connected", destination.name());
      connected = true;
      introduce();
      // A broker that lost its state has forgotten what was on its way: all that is unproven goes
      // again.
      for (Flight flight : flights.all()) {
        flight.excuse();
        flight.sendAgainAt(clock.monotonicNanos());
      }
      pump();
    }

    @Override
    public void disconnected(String why) {
      if (connected) {
        LOG.warn("destination {}: connection lost: {}", destination.name(), why);
      }
      connected = false;
      complain("not connected: " + why);
    }

    @Override
    public void answered(OffsetRange covers, Answer answer) {
      List<Flight> answered =
          flights.within(covers).stream().filter(f -> f.covers().equals(covers)).toList();
      if (answer instanceof Answer.Replied) {
        answered.forEach(Flight::answered);
      } else if (answer instanceof Answer.Unknown) {
        answered.forEach(Flight::excuse);
      }
    }

    @Override
    public void concluded(Outcome outcome, Conversation.Source source) {
      conclude(outcome, source);
      scheduler.execute(DestinationSync.this::pump);
    }
  }

  private void tick() {
    scheduler.after(TICK, this::tick);
    conversation.say(new DialectEvent.Tick(clock.epochMillis()));
  }

  private void introduce() {
    conversation.say(new DialectEvent.Connected(sorter.catalogue()));
  }

  private void complain(String why) {
    lastError = why;
    lastErrorAt = clock.epochMillis();
  }

  private void pump() {
    try {
      if (!remembers) {
        conversation.load();
        budget.load();
        quarantine.load();
        replay.load();
        remembers = true;
      }
      if (progress.load()) {
        flights.cut(progress.position());
      }
      if (progress.isLoaded()) {
        urgent.look(progress.position());
        if (connected) {
          sendAll();
        }
      }
      progress.step();
    } catch (JournalException e) {
      LOG.warn("destination {} waits for the journal: {}", destination.name(), e.getMessage());
      complain("the journal cannot be read: " + e.getMessage());
      wake.after(STORAGE_RETRY);
    }
  }

  private void sendAll() throws JournalException {
    if (registryChanged) {
      registryChanged = false;
      introduce();
    }
    flights.forgetEarly(progress.position());
    sendUrgent();
    sendDue();
    if (sendOn()) {
      sendReplay();
    }
    waitForBudget();
    flights
        .nanosToNext(clock.monotonicNanos())
        .ifPresent(nanos -> wake.after(Duration.ofNanos(nanos)));
  }

  private void waitForBudget() {
    Budget.Exhausted exhausted = budget.exhausted();
    if (exhausted != null) { // the wall clock may leap: a long wait is looked at now and then
      long left = Math.max(1, exhausted.until() - clock.epochMillis());
      wake.after(Duration.ofMillis(left).compareTo(TICK) < 0 ? Duration.ofMillis(left) : TICK);
    }
  }

  private void sendUrgent() throws JournalException {
    while (urgent.waiting() > 0
        && flights.all().stream().filter(Flight::isUrgent).count() < URGENT_IN_FLIGHT
        && budget.allows(true)) {
      sorter.judgeAnew();
      Urgent.Call call = urgent.next(progress.position(), taken(), !budget.allows(false));
      if (call == null) {
        return;
      }
      boolean isRemembered = !call.overtakes() || mayOvertake();
      start(flight(isRemembered ? Flight.Kind.URGENT : Flight.Kind.EARLY, call.covers()));
    }
  }

  /** Whether there may be one more piece that has landed above the cursor. */
  private boolean mayOvertake() {
    return progress.ahead().size() + flights.count(Flight.Kind.URGENT) < MAX_ISLANDS;
  }

  private void sendDue() throws JournalException {
    for (Flight flight : flights.due(clock.monotonicNanos())) {
      if (!budget.allows(flight.isUrgent())) {
        continue;
      }
      if (landing.isHopeless(flight)) {
        String why =
            "no proof after " + flight.failures() + " attempts, while later messages were proven";
        complain(why);
        landing.refused(flight, why);
      } else {
        send(flight, lanes.of(flight));
      }
    }
  }

  /**
   * Sends what is next in its turn.
   *
   * @return whether the line has room for what is less pressing
   */
  private boolean sendOn() throws JournalException {
    while (flights.count(Flight.Kind.LIVE) < destination.inFlight() && budget.allows(false)) {
      Cargo cargo = lanes.next(progress.position(), taken(), mayOvertake());
      if (cargo == null) {
        return true;
      }
      Flight flight = flight(Flight.Kind.LIVE, cargo.covers());
      flights.add(flight);
      send(flight, cargo);
    }
    return false;
  }

  private void sendReplay() throws JournalException {
    for (int i = 0; i < REPLAY_AT_ONCE; i++) {
      OffsetRange rest = replay.rest();
      if (rest == null
          || flights.count(Flight.Kind.REPLAY) >= REPLAY_IN_FLIGHT
          || !budget.allows(false)) {
        return;
      }
      // What is set aside is tried again by hand, or not at all.
      List<OffsetRange> open = Ranges.between(rest.first(), rest.last(), quarantine.gaps());
      if (open.isEmpty()) {
        replay.sent(rest);
        replay.landed(rest);
        return;
      }
      Cargo cargo = lanes.repeat(open.get(0));
      OffsetRange done = new OffsetRange(rest.first(), cargo.covers().last());
      replay.sent(done);
      if (cargo.outgoing().isEmpty()) {
        replay.landed(done);
        continue;
      }
      if (rest.first() < cargo.covers().first()) {
        replay.landed(new OffsetRange(rest.first(), cargo.covers().first() - 1));
      }
      Flight flight = flight(Flight.Kind.REPLAY, cargo.covers()).coveredBefore();
      flights.add(flight);
      send(flight, cargo);
    }
    scheduler.execute(this::pump);
  }

  /** Ranges above the cursor that nobody needs to send. */
  private List<OffsetRange> taken() {
    List<OffsetRange> taken = new ArrayList<>(progress.taken());
    taken.addAll(flights.counted());
    return taken;
  }

  private Flight flight(Flight.Kind kind, OffsetRange covers) {
    return new Flight(
        kind,
        covers,
        new Backoff(destination.proofTimeout(), destination.retryAtMost(), random),
        new Backoff(FIRST_RETRY, destination.retryAtMost(), random));
  }

  private void start(Flight flight) throws JournalException {
    flights.add(flight);
    send(flight, lanes.of(flight));
  }

  private void send(Flight flight, Cargo cargo) {
    if (cargo.isNews()) {
      introduce();
    }
    messages++;
    wake.after(flight.sent(cargo, clock.monotonicNanos(), messages));
    conversation.say(new DialectEvent.Send(flight.covers(), flight.dropped(), cargo.outgoing()));
  }

  private void conclude(Outcome outcome, Conversation.Source source) {
    if (outcome instanceof Outcome.Delivered delivered) {
      if (delivered.epoch() == link.epoch()) {
        landing.delivered(delivered.offsets());
      }
    } else if (outcome instanceof Outcome.Rejected rejected) {
      rejected(rejected.offsets(), rejected.why(), source);
    } else if (outcome instanceof Outcome.SendAgain again) {
      complain(again.why());
      flights
          .within(again.offsets())
          .forEach(flight -> flight.refusedForNow(clock.monotonicNanos()));
    } else if (outcome instanceof Outcome.Missing missing) {
      if (missing.epoch() == link.epoch()) {
        repair(missing.offsets());
      }
    } else if (outcome instanceof Outcome.Unintelligible unintelligible) {
      LOG.warn("destination {}: {}", destination.name(), unintelligible.why());
      complain(unintelligible.why());
    }
  }

  /** A whole flight is set aside; a part of one is taken out of it, and the rest flies on. */
  private void rejected(OffsetRange offsets, String why, Conversation.Source source) {
    if (source == Conversation.Source.RETURN_PATH) {
      rejectedByFarEnd(offsets, why);
      return;
    }
    complain(why);
    for (Flight flight : flights.around(offsets)) {
      if (source == Conversation.Source.ANSWER && flight.covers().equals(offsets)) {
        landing.refused(flight, why);
      } else {
        flight.refuse(offsets, why);
      }
    }
  }

  /**
   * The far end says by itself, and perhaps not for the first time, that it refused a message.
   * What is out now may have been put together anew; only the very same message is meant.
   */
  private void rejectedByFarEnd(OffsetRange offsets, String why) {
    List<Flight> meant =
        flights.around(offsets).stream().filter(f -> f.covers().equals(offsets)).toList();
    for (Flight flight : meant) {
      if (flight.believesRefusal()) {
        complain(why);
        landing.refused(flight, why);
      }
    }
    // One that nobody will try again is still a gap there: it is told that nothing will come.
    boolean isDone = offsets.last() <= progress.position();
    if (meant.isEmpty()
        && isDone
        && quarantine.gaps().stream().noneMatch(gap -> Ranges.isWithin(offsets, gap))) {
      try {
        Cargo lost = lanes.repeat(offsets);
        account(offsets, lost.outgoing().size() + Ranges.size(lost.gone()));
      } catch (JournalException e) {
        complain("the journal cannot be read: " + e.getMessage()); // it will say so again
      }
    }
  }

  /** Tells the far end that so many of a range were given up, and that nothing more will come. */
  private void account(OffsetRange covers, long givenUp) {
    again(flight(Flight.Kind.REPAIR, covers).carryNothing(givenUp));
  }

  /** The far end lacks what the cursor has passed: it was restored, or retention has been there. */
  private void repair(OffsetRange missing) {
    long last = Math.min(missing.last(), progress.position());
    // What is set aside is lacking for a reason. One piece at a time: the next acknowledgement
    // asks for the rest.
    List<OffsetRange> open = Ranges.between(missing.first(), last, quarantine.gaps());
    if (open.isEmpty() || flights.has(flight -> flight.kind() == Flight.Kind.REPAIR)) {
      return;
    }
    OffsetRange first = open.get(0);
    try {
      Flight flight;
      if (first.first() <= progress.start()) {
        long end = Math.min(first.last(), progress.start());
        flight = flight(Flight.Kind.REPAIR, new OffsetRange(first.first(), end)).carryNothing(0);
      } else {
        flight = flight(Flight.Kind.REPAIR, lanes.repeat(first).covers());
      }
      LOG.info(
          "destination {} lacks offsets {}; sending {} again",
          destination.name(),
          Ranges.text(missing),
          Ranges.text(flight.covers()));
      again(flight);
    } catch (JournalException e) {
      complain("the journal cannot be read: " + e.getMessage()); // it will be asked for again
    }
  }

  // --- what people ask

  /** Something that a person asks, answered on the Scheduler. */
  @FunctionalInterface
  interface Question<T> {
    T answer(DestinationSync of) throws CommandException, JournalException;
  }

  /** Asks; the future fails with what the question throws. From any thread. */
  <T> CompletableFuture<T> ask(Question<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    scheduler.execute(
        () -> {
          try {
            if (!progress.isLoaded()) {
              throw new CommandException(
                  "destination " + destination.name() + " waits for the journal; try again");
            }
            answer.complete(question.answer(this));
            pump();
          } catch (CommandException | JournalException e) {
            answer.completeExceptionally(e);
          }
        });
    return answer;
  }

  /** How it stands, for a person. */
  Map<String, Object> status() {
    return new Status(this).asMap();
  }

  Destination destination() {
    return destination;
  }

  Journal journal() {
    return journal;
  }

  Progress progress() {
    return progress;
  }

  Flights flights() {
    return flights;
  }

  Urgent urgent() {
    return urgent;
  }

  Budget budget() {
    return budget;
  }

  Quarantine quarantine() {
    return quarantine;
  }

  Replay replay() {
    return replay;
  }

  boolean isConnected() {
    return connected;
  }

  /** The last thing that went wrong, in words; empty if nothing did. */
  String lastError() {
    return lastError;
  }

  /** When it went wrong, UTC epoch milliseconds. */
  long lastErrorAt() {
    return lastErrorAt;
  }

  /**
   * Sends again what the cursor has passed.
   *
   * @return what of the range that is
   */
  OffsetRange replay(OffsetRange wanted) throws CommandException {
    if (replay.isUnderWay()) {
      throw new CommandException(
          "destination "
              + destination.name()
              + " is being sent something again already ("
              + replay.describe()
              + "); wait until that is done");
    }
    long last = Math.min(wanted.last(), progress.position());
    if (wanted.first() > last) {
      throw new CommandException(
          "destination "
              + destination.name()
              + " has come to offset "
              + progress.position()
              + "; what lies after it goes anyway");
    }
    OffsetRange range = new OffsetRange(wanted.first(), last);
    replay.ask(range);
    return range;
  }

  /**
   * Sends once more what was refused, as far as it may and can be sent.
   *
   * @return what of it that is
   */
  Refusal retry(Refusal refusal) throws CommandException, JournalException {
    requireDone(refusal);
    Flight flight = flight(Flight.Kind.RETRY, refusal.covers()).carryOnly(refusal.offsets());
    Manifest sendable = new Manifest(lanes.of(flight).outgoing());
    if (sendable.size() == 0) {
      throw new CommandException(
          "nothing of it can be sent: consent withholds it, or the journal no longer has it;"
              + " discard it when you have seen it");
    }
    if (!refusal.isGap()) {
      flight.coveredBefore();
    }
    if (sendable.size() == refusal.count()) {
      again(flight);
      return refusal;
    }
    Refusal less = refusal.only(sendable.takenOffsets(), sendable.takenCounts());
    progress.settle(refusal, Map.of(), less, () -> again(flight.carryOnly(less.offsets())));
    return less;
  }

  private void again(Flight flight) {
    flight.sendAgainAt(clock.monotonicNanos());
    flights.add(flight);
  }

  /** Forgets what was refused; it stays tallied as refused. */
  void discard(Refusal refusal) throws CommandException {
    requireDone(refusal);
    progress.settle(
        refusal,
        Map.of(),
        null,
        () -> {
          if (refusal.isGap()) { // the far end is told that nothing will come
            account(refusal.covers(), refusal.count());
          }
        });
  }

  private void requireDone(Refusal refusal) throws CommandException {
    if (progress.position() < refusal.covers().last()) {
      throw new CommandException(
          "the cursor of destination "
              + destination.name()
              + " has not passed it yet (it is at "
              + progress.position()
              + "); try again later");
    }
    if (progress.isBeingSettled(refusal)
        || flights.has(
        flight -> flight.kind() == Flight.Kind.RETRY && flight.covers().equals(refusal.covers()))) {
      throw new CommandException("it is on its way again already");
    }
  }
}
