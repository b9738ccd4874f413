package city.mycelium.sync.internal;

import city.mycelium.api.journal.JournalException;
import city.mycelium.api.observation.OffsetRange;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the far end says that it lacks of what the cursor has passed: it is sent again, or told that
 * nothing will come. Owned by the Destination's Scheduler.
 */
final class Repairs {

  private static final Logger LOG = LoggerFactory.getLogger(Repairs.class);

  private final Destination destination;
  private final Lanes lanes;
  private final Flights flights;
  private final Progress progress;
  private final Quarantine quarantine;
  private final Landing landing;
  private final Consumer<String> complaints;

  /**
   * Nothing lacks yet.
   *
   * @param complaints told in words what goes wrong
   */
  Repairs(
      Destination destination,
      Lanes lanes,
      Flights flights,
      Progress progress,
      Quarantine quarantine,
      Landing landing,
      Consumer<String> complaints) {
    this.destination = destination;
    this.lanes = lanes;
    this.flights = flights;
    this.progress = progress;
    this.quarantine = quarantine;
    this.landing = landing;
    this.complaints = complaints;
  }

  /** The far end lacks what the cursor has passed: it was restored, or retention has been there. */
  void missing(OffsetRange missing) {
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
        flight =
            flights.make(Flight.Kind.REPAIR, new OffsetRange(first.first(), end)).carryNothing(0);
      } else {
        flight = flights.make(Flight.Kind.REPAIR, lanes.repeat(first).covers());
      }
      LOG.info(
          "destination {} lacks offsets {}; sending {} again",
          destination.name(),
          Ranges.text(missing),
          Ranges.text(flight.covers()));
      flights.addDue(flight);
    } catch (JournalException e) {
      complaints.accept(
          "the journal cannot be read: " + e.getMessage()); // it will be asked for again
    }
  }

  /**
   * The far end says by itself, and perhaps not for the first time, that it refused a message. What
   * is out now may have been put together anew; only the very same message is meant.
   */
  void refused(OffsetRange offsets, String why) {
    List<Flight> meant = flights.of(offsets);
    for (Flight flight : meant) {
      if (flight.believesRefusal()) {
        complaints.accept(why);
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
        complaints.accept("the journal cannot be read: " + e.getMessage()); // it will say so again
      }
    }
  }

  /** Tells the far end that so many of a range were given up, and that nothing more will come. */
  void account(OffsetRange covers, long givenUp) {
    flights.addDue(flights.make(Flight.Kind.REPAIR, covers).carryNothing(givenUp));
  }
}
