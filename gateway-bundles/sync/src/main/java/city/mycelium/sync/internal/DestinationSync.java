package city.mycelium.sync.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Connector;
import city.mycelium.api.consent.Consent;
import city.mycelium.api.control.CommandException;
import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectEvent;
import city.mycelium.api.dialect.Link;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.dialect.Turn;
import city.mycelium.api.journal.Journal;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.registry.Registry;
import city.mycelium.api.time.Cancellable;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import java.time.Duration;
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
  private static final String PAUSED = "sync.paused";
  private static final Duration STORAGE_RETRY = Duration.ofSeconds(5);
  private static final Duration TICK = Duration.ofSeconds(30);

  private final Destination destination;
  private final Journal journal;
  private final Clock clock;
  private final Scheduler scheduler;
  private final Wake wake;
  private final Link link;
  private final Sorter sorter;
  private final Urgent urgent;
  private final Budget budget;
  private final Quarantine quarantine;
  private final Replay replay;
  private final Progress progress;
  private final Flights flights;
  private final Trials trials;
  private final Landing landing;
  private final Repairs repairs;
  private final Wishes wishes;
  private final Conversation conversation;
  private final Connector connector;
  private final Lanes lanes;
  private final Sending sending;
  private final Cancellable watchingJournal;
  private final Cancellable watchingRegistry;

  private final Notebook notebook;
  private boolean remembers;
  private boolean paused;
  private boolean connected;
  private boolean registryChanged;
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
    this.connector = connector;
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
    flights = new Flights(destination, clock, random);
    trials = new Trials(destination, clock, lanes, flights);
    landing = new Landing(destination, clock, lanes, flights, progress, quarantine, replay, trials);
    repairs =
        new Repairs(destination, lanes, flights, progress, quarantine, landing, this::complain);
    wishes = new Wishes(destination, lanes, flights, progress, replay, repairs);
    conversation = new Conversation(dialect, link, scheduler, notebook, budget, new Mind());
    sending =
        new Sending(
            destination,
            clock,
            wake,
            sorter,
            lanes,
            urgent,
            budget,
            quarantine,
            replay,
            progress,
            flights,
            landing,
            conversation,
            this::complain);
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
      conversation.greet(sorter.catalogue(), clock.epochMillis());
      // A broker that lost its state has forgotten what was on its way: all that is unproven goes
      // again.
      flights.allDue();
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
    public void said(Turn.Dispatch dispatch) {
      trials.said(dispatch);
    }

    @Override
    public void answered(OffsetRange covers, Answer answer) {
      List<Flight> answered = flights.around(covers);
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
    if (paused) {
      return;
    }
    conversation.say(new DialectEvent.Tick(clock.epochMillis()));
  }

  /** Whether something went wrong just now. */
  private boolean isFresh() {
    return !lastError.isEmpty()
        && clock.epochMillis() - lastErrorAt < destination.retryAtMost().toMillis();
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
        paused = notebook.get(PAUSED).isPresent();
        remembers = true;
        if (!paused) {
          conversation.open(connector);
        }
      }
      if (progress.load()) {
        flights.cut(progress.position());
      }
      if (progress.isLoaded()) {
        urgent.look(progress.position());
        if (connected) {
          if (registryChanged) {
            registryChanged = false;
            conversation.introduce(sorter.catalogue(), clock.epochMillis());
          }
          sending.sendAll();
        }
      }
      progress.step();
    } catch (JournalException e) {
      LOG.warn("destination {} waits for the journal: {}", destination.name(), e.getMessage());
      complain("the journal cannot be read: " + e.getMessage());
      wake.after(STORAGE_RETRY);
    }
  }

  private void conclude(Outcome outcome, Conversation.Source source) {
    if (outcome instanceof Outcome.Delivered delivered) {
      if (delivered.epoch() == link.epoch()) {
        landing.delivered(delivered.offsets());
      }
    } else if (outcome instanceof Outcome.Rejected rejected) {
      rejected(rejected.offsets(), rejected.why(), source);
    } else if (outcome instanceof Outcome.SendAgain again) {
      if (source != Conversation.Source.WRITING || !isFresh()) {
        complain(again.why());
      } // else it waits for what went wrong just now, and that is what a person must know
      flights
          .touching(again.offsets())
          .forEach(flight -> flight.refusedForNow(clock.monotonicNanos()));
    } else if (outcome instanceof Outcome.TooLarge large) {
      complain(large.why());
      flights.around(large.offsets()).forEach(flight -> tooLarge(flight, large.why()));
    } else if (outcome instanceof Outcome.Missing missing) {
      if (missing.epoch() == link.epoch()) {
        repairs.missing(missing.offsets());
      }
    } else if (outcome instanceof Outcome.Unintelligible unintelligible) {
      if (!unintelligible.why().equals(lastError)) { // not each time again
        LOG.warn("destination {}: {}", destination.name(), unintelligible.why());
      }
      complain(unintelligible.why());
    }
  }

  /** A whole flight is set aside; a part of one is taken out of it, and the rest flies on. */
  private void rejected(OffsetRange offsets, String why, Conversation.Source source) {
    if (source == Conversation.Source.RETURN_PATH) {
      repairs.refused(offsets, why);
      return;
    }
    complain(why);
    for (Flight flight : flights.around(offsets)) {
      if (source == Conversation.Source.WRITING) {
        flight.refuse(offsets, why);
      } else if (flight.covers().equals(offsets) && flight.manifest().open().length > 0) {
        landing.refused(flight, why);
      } else {
        landing.refusedOf(flight, offsets, why);
      }
    }
  }

  /** One that was cut already is tried in its new size first. */
  private void tooLarge(Flight flight, String why) {
    if (!flight.isOut()) {
      return;
    }
    lanes.tooLarge(flight.manifest().open().length);
    long middle = flight.middle();
    if (middle > 0) {
      flights.cutInTwo(flight, middle);
    } else {
      landing.refused(flight, why);
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

  /**
   * Tells the platform once more what it was told before, if it keeps that once, and says what came
   * of it. From any thread; the future completes in time unless this is closed.
   *
   * @param evenIfKeptTwice also where the platform may keep it twice
   * @param patience until it is proven
   */
  public CompletableFuture<Trial> tryAgain(boolean evenIfKeptTwice, Duration patience) {
    CompletableFuture<Trial> end = new CompletableFuture<>();
    scheduler.execute(
        () -> {
          try {
            beginTrial(evenIfKeptTwice, patience, end);
          } catch (JournalException e) {
            end.complete(Trial.untried("not tried: the journal cannot be read: " + e.getMessage()));
          }
        });
    return end;
  }

  private void beginTrial(boolean evenIfKeptTwice, Duration patience, CompletableFuture<Trial> end)
      throws JournalException {
    boolean isHarmless = conversation.isRepeatHarmless();
    if (!connected) {
      end.complete(
          Trial.untried("not tried: " + (paused ? "it is paused" : "it is not connected")));
    } else if (trials.isUnderWay()) {
      end.complete(Trial.untried("not tried: somebody else is trying it now"));
    } else if (!budget.allows(false)) {
      end.complete(Trial.untried("not tried: the byte budget is used up; see destination list"));
    } else if (!isHarmless && !evenIfKeptTwice) {
      end.complete(
          Trial.untried(
              "not tried: what is told this platform twice it may keep twice. 'data' says what"
                  + " arrived; --publish tries it all the same"));
    } else {
      Trials.Candidate candidate = trials.candidate();
      if (candidate == null) {
        end.complete(Trial.untried(trials.whyNot()));
        return;
      }
      trials.begin(candidate, isHarmless, conversation::inquiry, end);
      Flight flight = candidate.flight();
      long now = clock.epochMillis();
      scheduler.after(patience, () -> trials.giveUp(flight, lastErrorAt >= now ? lastError : ""));
      sending.sendTrial(candidate);
    }
  }

  /** Nothing goes out until {@link #resume}, also after a restart; what waits, waits. */
  void pause() throws CommandException {
    if (paused) {
      throw new CommandException("destination " + destination.name() + " is paused already");
    }
    paused = true;
    notebook.put(PAUSED, new byte[] {1});
    conversation.close();
    connected = false;
    LOG.info("destination {}: paused", destination.name());
  }

  /** Goes on where it was paused. */
  void resume() throws CommandException {
    if (!paused) {
      throw new CommandException("destination " + destination.name() + " is not paused");
    }
    paused = false;
    notebook.remove(PAUSED);
    conversation.open(connector);
    LOG.info("destination {}: resumed", destination.name());
  }

  boolean isPaused() {
    return paused;
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

  Trials trials() {
    return trials;
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

  Wishes wishes() {
    return wishes;
  }
}
