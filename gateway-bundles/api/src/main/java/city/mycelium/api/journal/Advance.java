package city.mycelium.api.journal;

import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.OffsetRange;
import java.util.List;
import java.util.Map;

/**
 * A step of a consumer: its cursor moves, and what it derived is appended, in one transaction.
 *
 * @param cursor the consumer's name
 * @param from where the cursor is believed to be
 * @param to where it goes; not less than {@code from}
 * @param tally what became of the Observations between; {@link TallySheet#EMPTY} for consumers that
 *     do not tally
 * @param gone offsets between that {@link Journal#read} no longer had: the journal knows whose they
 *     were and why they went, and tallies them itself
 * @param recovered per Datastream, how many that were tallied as refused before are delivered after
 *     all
 * @param derived appended in the same transaction
 * @param changes written in the same transaction
 */
public record Advance(
    String cursor,
    long from,
    long to,
    TallySheet tally,
    List<OffsetRange> gone,
    Map<DatastreamId, Long> recovered,
    List<Draft> derived,
    List<StateChange> changes) {

  public Advance {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("a cursor never goes back: " + from + " -> " + to);
    }
    gone = List.copyOf(gone);
    recovered = Map.copyOf(recovered);
    derived = List.copyOf(derived);
    changes = List.copyOf(changes);
    long accounted = tally.total().total() + gone.stream().mapToLong(OffsetRange::size).sum();
    if (accounted != 0 && accounted != to - from) {
      throw new IllegalArgumentException(
          "a tally of " + accounted + " does not account for " + (to - from) + " offsets");
    }
  }

  /** A step of a consumer that does not tally. */
  public static Advance untallied(
      String cursor, long from, long to, List<Draft> derived, List<StateChange> changes) {
    return new Advance(cursor, from, to, TallySheet.EMPTY, List.of(), Map.of(), derived, changes);
  }
}
