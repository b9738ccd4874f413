package city.mycelium.sync.internal;

import city.mycelium.api.dialect.DialectEvent;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What goes out, and in which order: urgent data, what is due again, what is next in its turn, and
 * what somebody asked for. Owned by the Destination's Scheduler.
 */
final class Sending {

  /** The wall clock may leap: a long wait for the budget is looked at now and then. */
  private static final Duration BUDGET_LOOK = Duration.ofSeconds(30);

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
  private final Clock clock;
  private final Wake wake;
  private final Sorter sorter;
  private final Lanes lanes;
  private final Urgent urgent;
  private final Budget budget;
  private final Quarantine quarantine;
  private final Replay replay;
  private final Progress progress;
  private final Flights flights;
  private final Landing landing;
  private final Conversation conversation;
  private final Consumer<String> complaints;
  private long messages;

  /**
   * Nothing is out yet.
   *
   * @param complaints told in words what goes wrong
   */
  Sending(
      Destination destination,
      Clock clock,
      Wake wake,
      Sorter sorter,
      Lanes lanes,
      Urgent urgent,
      Budget budget,
      Quarantine quarantine,
      Replay replay,
      Progress progress,
      Flights flights,
      Landing landing,
      Conversation conversation,
      Consumer<String> complaints) {
    this.destination = destination;
    this.clock = clock;
    this.wake = wake;
    this.sorter = sorter;
    this.lanes = lanes;
    this.urgent = urgent;
    this.budget = budget;
    this.quarantine = quarantine;
    this.replay = replay;
    this.progress = progress;
    this.flights = flights;
    this.landing = landing;
    this.conversation = conversation;
    this.complaints = complaints;
  }

  /** Sends all that can go now, and plans the next look. */
  void sendAll() throws JournalException {
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
    if (exhausted != null) {
      long left = Math.max(1, exhausted.until() - clock.epochMillis());
      wake.after(
          Duration.ofMillis(left).compareTo(BUDGET_LOOK) < 0
              ? Duration.ofMillis(left)
              : BUDGET_LOOK);
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
      start(flights.make(isRemembered ? Flight.Kind.URGENT : Flight.Kind.EARLY, call.covers()));
    }
  }

  /** Whether there may be one more piece that has landed above the cursor. */
  private boolean mayOvertake() {
    return progress.ahead().size() + flights.count(Flight.Kind.URGENT) < MAX_ISLANDS;
  }

  private void sendDue() throws JournalException {
    for (Flight flight : flights.due(clock.monotonicNanos())) {
      if (!budget.allows(flight.isUrgent()) || waitsForTheWindow(flight)) {
        continue;
      }
      if (landing.isHopeless(flight)) {
        String why =
            "no proof after " + flight.failures() + " attempts, while later messages were proven";
        complaints.accept(why);
        landing.refused(flight, why);
      } else {
        send(flight, lanes.of(flight));
      }
    }
  }

  /** A part of one that was too large: as many as they are, they share the window. */
  private boolean waitsForTheWindow(Flight flight) {
    return flight.kind() == Flight.Kind.LIVE
        && !flight.isOut()
        && flights.all().stream().filter(Flight::isOut).count() >= destination.inFlight();
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
      Flight flight = flights.make(Flight.Kind.LIVE, cargo.covers());
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
      Flight flight = flights.make(Flight.Kind.REPLAY, cargo.covers()).coveredBefore();
      flights.add(flight);
      send(flight, cargo);
    }
    wake.after(Duration.ZERO);
  }

  /** Ranges above the cursor that nobody needs to send. */
  private List<OffsetRange> taken() {
    List<OffsetRange> taken = new ArrayList<>(progress.taken());
    taken.addAll(flights.counted());
    return taken;
  }

  private void start(Flight flight) throws JournalException {
    flights.add(flight);
    send(flight, lanes.of(flight));
  }

  /** Sends what was delivered once more; beside the window, for it is one and small. */
  void sendTrial(Trials.Candidate candidate) {
    flights.add(candidate.flight());
    send(candidate.flight(), candidate.cargo());
  }

  private void send(Flight flight, Cargo cargo) {
    if (cargo.isNews()) {
      conversation.introduce(sorter.catalogue(), clock.epochMillis());
    }
    messages++;
    wake.after(flight.sent(cargo, clock.monotonicNanos(), messages));
    conversation.say(
        new DialectEvent.Send(
            flight.covers(), flight.dropped(), cargo.outgoing(), clock.epochMillis()));
  }
}
