package city.mycelium.api.journal;

import java.util.List;

/**
 * A step of a consumer: its cursor moves, and what it derived is appended, in one transaction.
 *
 * @param cursor the consumer's name
 * @param from where the cursor is believed to be
 * @param to where it goes; not less than {@code from}
 * @param tally what became of the offsets between; {@link Tally#NONE} for consumers that do not
 *     tally
 * @param derived appended in the same transaction
 * @param changes written in the same transaction
 */
public record Advance(
    String cursor,
    long from,
    long to,
    Tally tally,
    List<Draft> derived,
    List<StateChange> changes) {

  public Advance {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("a cursor never goes back: " + from + " -> " + to);
    }
    if (!tally.equals(Tally.NONE) && tally.total() != to - from) {
      throw new IllegalArgumentException(
          "a tally of " + tally.total() + " does not account for " + (to - from) + " offsets");
    }
    derived = List.copyOf(derived);
    changes = List.copyOf(changes);
  }
}
