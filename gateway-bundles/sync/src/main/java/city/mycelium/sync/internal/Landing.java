package city.mycelium.sync.internal;

import city.mycelium.api.dialect.Link.Proof;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How flights end: proven, or refused for good. Believes nothing of what was never sent. Owned by
 * the Destination's Scheduler.
 */
final class Landing {

  private static final Logger LOG = LoggerFactory.getLogger(Landing.class);

  private final Destination destination;
  private final Clock clock;
  private final Lanes lanes;
  private final Flights flights;
  private final Progress progress;
  private final Quarantine quarantine;
  private final Replay replay;
  private final Trials trials;

  /** The latest message, by the number it was sent under, that was proven. */
  private long provenSequence;

  Landing(
      Destination destination,
      Clock clock,
      Lanes lanes,
      Flights flights,
      Progress progress,
      Quarantine quarantine,
      Replay replay,
      Trials trials) {
    this.destination = destination;
    this.clock = clock;
    this.lanes = lanes;
    this.flights = flights;
    this.progress = progress;
    this.quarantine = quarantine;
    this.replay = replay;
    this.trials = trials;
  }

  /** The range is there, by the proof that the Destination gives. */
  void delivered(OffsetRange range) {
    for (Flight flight : flights.within(range)) {
      if (!flight.isOut()) {
        flight.take(flight.covers());
      } else if (destination.proof() == Proof.ANSWER || flight.isProvenByAcknowledgement()) {
        land(flight);
      }
    }
    if (destination.proof() == Proof.ANSWER) { // an acknowledgement speaks of whole messages
      for (Flight flight : flights.around(range)) {
        flight.take(range);
        landIfSettled(flight);
      }
    }
    // An acknowledgement that came too late is true all the same: it was sent.
    for (Refusal refusal : quarantine.gapsWithin(range)) {
      if (progress.position() >= refusal.covers().last()) {
        progress.settle(refusal, refusal.counts(), null, () -> {});
      }
    }
  }

  /** The far end took some of a flight and will never take these. */
  void refusedOf(Flight flight, OffsetRange offsets, String why) {
    flight.refuseForGood(offsets, why);
    landIfSettled(flight);
  }

  private void landIfSettled(Flight flight) {
    if (flight.isOut() && flight.manifest().isSettled()) {
      land(flight);
    }
  }

  private void land(Flight flight) {
    flights.remove(flight);
    provenSequence = Math.max(provenSequence, flight.sequence());
    lanes.taken(flight.carried());
    trials.landed(flight);
    if (flight.isCounted()) {
      progress.land(flight.piece(setAside(flight, false)));
    } else if (flight.kind() == Flight.Kind.REPLAY) {
      replay.refused(flight.covers(), Ranges.size(flight.manifest().refusedOffsets()));
    } else if (flight.kind() == Flight.Kind.RETRY) {
      quarantine.of(flight.covers()).ifPresent(refusal -> retried(flight, refusal));
    }
  }

  private void retried(Flight flight, Refusal refusal) {
    Manifest manifest = flight.manifest();
    Refusal rest =
        manifest.hasRefused()
            ? refusal.rest(manifest, flight.refusedWhy(), flight.attempts())
            : null;
    progress.settle(refusal, manifest.takenCounts(), rest, () -> {});
  }

  private void refusedAgain(Flight flight, Refusal refusal, String why) {
    if (flight.manifest().hasTaken()) {
      flight.refuse(flight.covers(), why);
      retried(flight, refusal);
    } else {
      quarantine.replace(refusal.again(why, flight.attempts()));
    }
  }

  /**
   * Whether trying it again helps nobody: it came to nothing often enough, and what was sent after
   * it was proven.
   */
  boolean isHopeless(Flight flight) {
    return flight.failures() >= destination.policy().quarantineAfter()
        && provenSequence > flight.sequence();
  }

  /** The platform will never take the message as it is. */
  void refused(Flight flight, String why) {
    if (!flight.isOut()) {
      flight.refuseForGood(flight.covers(), why);
      return;
    }
    flights.remove(flight);
    switch (flight.kind()) {
      case LIVE, URGENT -> {
        flight.refuse(flight.covers(), why);
        progress.land(flight.piece(setAside(flight, destination.proof() == Proof.RECEIVER)));
      }
      case REPAIR -> {
        if (!flight.carriesNothing()) { // then the far end is at least told how many it lacks
          flight.carryNothing(flight.dropped() + flight.outgoing());
        }
        flight.refusedForNow(clock.monotonicNanos());
        flights.add(flight);
      }
      case REPLAY -> {
        flight.refuse(flight.covers(), why);
        replay.refused(flight.covers(), Ranges.size(flight.manifest().refusedOffsets()));
      }
      case RETRY ->
          quarantine.of(flight.covers()).ifPresent(refusal -> refusedAgain(flight, refusal, why));
      case EARLY -> {} // it goes again with its neighbours
      case TRIAL -> trials.refused(flight, why);
    }
  }

  private List<Refusal> setAside(Flight flight, boolean isUnheardOf) {
    if (!flight.manifest().hasRefused()) {
      return List.of();
    }
    if (!quarantine.isOpen()) {
      LOG.warn(
          "destination {}: the quarantine is full; offsets {} are counted as refused and not set"
              + " aside (mycelium quarantine list)",
          destination.name(),
          Ranges.text(flight.covers()));
      return List.of();
    }
    List<OffsetRange> offsets = flight.manifest().refusedOffsets();
    boolean isGap = isUnheardOf && quarantine.hasRoomForAGap();
    OffsetRange covers =
        isGap
            ? flight.covers()
            : new OffsetRange(offsets.get(0).first(), offsets.get(offsets.size() - 1).last());
    Refusal refusal =
        new Refusal(
            covers,
            isGap,
            offsets,
            flight.manifest().refusedCounts(),
            flight.refusedWhy(),
            clock.epochMillis(),
            flight.attempts());
    LOG.warn(
        "destination {} does not take offsets {}; {} observations are counted as refused and set"
            + " aside (mycelium quarantine show {}/{}): {}",
        destination.name(),
        Ranges.text(covers),
        refusal.count(),
        destination.name(),
        refusal.id(),
        refusal.why());
    quarantine.admit(refusal);
    return List.of(refusal);
  }
}
