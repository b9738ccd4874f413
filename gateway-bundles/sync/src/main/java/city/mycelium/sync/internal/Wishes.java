package city.mycelium.sync.internal;

import city.mycelium.api.control.CommandException;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.observation.OffsetRange;
import java.util.Map;

/** What people ask of one Destination. Used on its Scheduler. */
final class Wishes {

  private final Destination destination;
  private final Lanes lanes;
  private final Flights flights;
  private final Progress progress;
  private final Replay replay;
  private final Repairs repairs;

  Wishes(
      Destination destination,
      Lanes lanes,
      Flights flights,
      Progress progress,
      Replay replay,
      Repairs repairs) {
    this.destination = destination;
    this.lanes = lanes;
    this.flights = flights;
    this.progress = progress;
    this.replay = replay;
    this.repairs = repairs;
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
    Flight flight = flights.make(Flight.Kind.RETRY, refusal.covers()).carryOnly(refusal.offsets());
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
      flights.addDue(flight);
      return refusal;
    }
    Refusal less = refusal.only(sendable.takenOffsets(), sendable.takenCounts());
    progress.settle(
        refusal, Map.of(), less, () -> flights.addDue(flight.carryOnly(less.offsets())));
    return less;
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
            repairs.account(refusal.covers(), refusal.count());
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
            flight ->
                flight.kind() == Flight.Kind.RETRY && flight.covers().equals(refusal.covers()))) {
      throw new CommandException("it is on its way again already");
    }
  }
}
