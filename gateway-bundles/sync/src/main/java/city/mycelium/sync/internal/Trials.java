package city.mycelium.sync.internal;

import city.mycelium.api.connector.Check;
import city.mycelium.api.connector.Verb;
import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.Inquiry;
import city.mycelium.api.dialect.Link.Proof;
import city.mycelium.api.dialect.Turn;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells the platform once more something that it was told before, to see whether it can be told
 * anything at all. What was delivered is known since the start only; it is judged anew, and goes as
 * a flight of its own, beside the others and counted nowhere. Owned by the Destination's Scheduler.
 */
final class Trials {

  /** The latest may no longer leave: then one before it. */
  private static final int MOST = 50;

  private final Destination destination;
  private final Clock clock;
  private final Lanes lanes;
  private final Flights flights;

  /** Offsets, the latest first. */
  private final Deque<Long> delivered = new ArrayDeque<>();

  private long lastDeliveredAt;
  private @Nullable Current current;

  /** The one that is under way. */
  private static final class Current {
    final Flight flight;
    final Described carried;
    final boolean isHarmless;
    final Function<Described, Optional<Inquiry>> inquiry;
    final CompletableFuture<Trial> end;
    boolean isPublished;
    boolean isAsked;

    Current(
        Flight flight,
        Described carried,
        boolean isHarmless,
        Function<Described, Optional<Inquiry>> inquiry,
        CompletableFuture<Trial> end) {
      this.flight = flight;
      this.carried = carried;
      this.isHarmless = isHarmless;
      this.inquiry = inquiry;
      this.end = end;
    }

    String what() {
      return "1 observation again ("
          + carried.datastream().id()
          + " of "
          + carried.observation().phenomenonTime()
          + ", offset "
          + carried.observation().identity().offset()
          + ")";
    }
  }

  /** Nothing was delivered yet. */
  Trials(Destination destination, Clock clock, Lanes lanes, Flights flights) {
    this.destination = destination;
    this.clock = clock;
    this.lanes = lanes;
    this.flights = flights;
  }

  /**
   * When something was delivered last, UTC epoch milliseconds; 0 if nothing was since the start.
   */
  long lastDeliveredAt() {
    return lastDeliveredAt;
  }

  boolean isUnderWay() {
    return current != null;
  }

  /** What may go once more. */
  record Candidate(Flight flight, Cargo cargo) {}

  /** The latest that was delivered and that may leave now; null if there is none. */
  @Nullable Candidate candidate() throws JournalException {
    for (long offset : delivered) {
      Flight flight =
          flights.make(Flight.Kind.TRIAL, new OffsetRange(offset, offset)).coveredBefore();
      Cargo cargo = lanes.of(flight);
      if (cargo.outgoing().size() == 1) {
        return new Candidate(flight, cargo);
      }
    }
    return null;
  }

  /** Why there is none. */
  String whyNot() {
    return delivered.isEmpty()
        ? "not tried: nothing has been delivered since this gateway started, so there is nothing"
            + " that could be told again"
        : "not tried: of what was delivered last nothing may leave any more, or the journal no"
            + " longer holds it";
  }

  /**
   * It is about to go out.
   *
   * @param isHarmless whether the platform keeps it once all the same
   */
  void begin(
      Candidate candidate,
      boolean isHarmless,
      Function<Described, Optional<Inquiry>> inquiry,
      CompletableFuture<Trial> end) {
    Described carried = candidate.cargo().outgoing().get(0);
    current = new Current(candidate.flight(), carried, isHarmless, inquiry, end);
  }

  /** A message is handed to the connector. */
  void said(Turn.Dispatch dispatch) {
    Current now = current;
    if (now != null && now.flight.covers().equals(dispatch.covers())) {
      boolean isQuestion = dispatch.message().verb() == Verb.GET;
      now.isAsked |= isQuestion;
      now.isPublished |= !isQuestion;
    }
  }

  /** A flight is done with: what it was told of is there, but for what was refused. */
  void landed(Flight flight) {
    Current now = current;
    if (now != null && now.flight == flight) {
      if (flight.manifest().hasRefused()) {
        refused(flight, flight.refusedWhy());
      } else {
        end(now, new Trial(new Check(Trial.LAYER, true, words(now)), isStored(now), asking(now)));
      }
      return;
    }
    long last = flight.manifest().lastTaken();
    if (last > 0) {
      lastDeliveredAt = clock.epochMillis();
      delivered.remove(last);
      delivered.addFirst(last);
      if (delivered.size() > MOST) {
        delivered.removeLast();
      }
    }
  }

  private static Optional<Inquiry> asking(Current now) {
    return now.inquiry.apply(now.carried);
  }

  private boolean isStored(Current now) {
    return now.isPublished && destination.proof() == Proof.RECEIVER;
  }

  private String words(Current now) {
    if (now.isPublished) {
      String far =
          destination.proof() == Proof.RECEIVER
              ? "the receiver acknowledged it, after its own commit"
              : "the far end answered that it has it";
      return "published "
          + now.what()
          + ": "
          + far
          + (now.isHarmless
              ? "; it is kept once"
              : "; the platform may now keep it twice, as was asked for");
    }
    return now.isAsked
        ? "asked first, and did not have to publish "
            + now.what()
            + ": the platform says that it has it"
        : "did not publish "
            + now.what()
            + ": it would take back something newer that the platform was told";
  }

  /** The platform will never take it. */
  void refused(Flight flight, String why) {
    Current now = current;
    if (now != null && now.flight == flight) {
      end(
          now,
          Trial.failed(
              "the platform did not take " + now.what() + ", though it took it before: " + why));
    }
  }

  /** Nobody waits any longer. */
  void giveUp(Flight flight, String lastError) {
    Current now = current;
    if (now != null && now.flight == flight) {
      String sent = now.isPublished || now.isAsked ? "tried to publish " : "could not publish ";
      end(
          now,
          Trial.failed(
              sent
                  + now.what()
                  + ", and nothing proved in time that it arrived"
                  + (lastError.isEmpty() ? "" : "; the last error was: " + lastError)));
    }
  }

  private void end(Current now, Trial trial) {
    flights.remove(now.flight);
    current = null;
    now.end.complete(trial);
  }

  /** For a sentence: when something was delivered last. */
  String lastDelivered() {
    return lastDeliveredAt == 0
        ? "none has been delivered since this gateway started"
        : "the last one was delivered at " + Instant.ofEpochMilli(lastDeliveredAt);
  }
}
