package city.mycelium.sync.internal;

import city.mycelium.api.dialect.Described;
import city.mycelium.api.journal.TallySheet;
import city.mycelium.api.observation.OffsetRange;
import java.util.List;

/**
 * What one message carries of the range that it covers, and what becomes of the rest.
 *
 * @param outgoing in the order of their offsets
 * @param stays withheld or unselected, per Datastream
 * @param gone offsets that the journal no longer has
 * @param isNews whether a Datastream goes out for the first time: the catalogue has grown
 */
record Cargo(
    OffsetRange covers,
    List<Described> outgoing,
    TallySheet stays,
    List<OffsetRange> gone,
    boolean isNews) {

  Cargo {
    outgoing = List.copyOf(outgoing);
    gone = List.copyOf(gone);
  }

  /** A message that only says that a range is accounted for. */
  static Cargo none(OffsetRange covers) {
    return new Cargo(covers, List.of(), TallySheet.EMPTY, List.of(), false);
  }
}
