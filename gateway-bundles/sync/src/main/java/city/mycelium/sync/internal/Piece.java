package city.mycelium.sync.internal;

import city.mycelium.api.journal.Tally;
import city.mycelium.api.journal.TallySheet;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.OffsetRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A range of offsets that is done with, and what became of them. Immutable.
 *
 * @param sheet of all but those that are gone
 * @param gone the journal no longer had them
 * @param refusals what is set aside of it, and not on the medium yet
 */
record Piece(OffsetRange covers, TallySheet sheet, List<OffsetRange> gone, List<Refusal> refusals) {

  private static final int VERSION = 1;

  Piece {
    gone = List.copyOf(gone);
    refusals = List.copyOf(refusals);
  }

  /** This one and the one that begins where it ends, as one. */
  Piece join(Piece next) {
    List<OffsetRange> allGone = new ArrayList<>(gone);
    next.gone.forEach(range -> Ranges.append(allGone, range));
    List<Refusal> allRefusals = new ArrayList<>(refusals);
    allRefusals.addAll(next.refusals);
    return new Piece(
        new OffsetRange(covers.first(), next.covers.last()),
        sheet.plus(next.sheet),
        allGone,
        allRefusals);
  }

  /** The same, with its refusals on the medium. */
  Piece kept() {
    return refusals.isEmpty() ? this : new Piece(covers, sheet, gone, List.of());
  }

  /** All but its refusals, which are kept beside it. */
  byte[] toBytes() {
    Packed.Out out = new Packed.Out(VERSION);
    out.number(covers.first()).number(covers.size()).ranges(gone);
    out.number(sheet.byDatastream().size());
    sheet
        .byDatastream()
        .forEach(
            (datastream, tally) ->
                out.text(datastream.value())
                    .number(tally.delivered())
                    .number(tally.withheld())
                    .number(tally.unselected())
                    .number(tally.refused()));
    return out.toBytes();
  }

  static Piece of(byte[] bytes) {
    Packed.In in = new Packed.In(bytes, VERSION);
    long first = in.number();
    OffsetRange covers = new OffsetRange(first, first + in.number() - 1);
    List<OffsetRange> gone = in.ranges();
    Map<DatastreamId, Tally> rows = new TreeMap<>();
    long count = in.number();
    for (long i = 0; i < count; i++) {
      DatastreamId datastream = new DatastreamId(in.text());
      rows.put(datastream, new Tally(in.number(), in.number(), in.number(), 0, 0, in.number(), 0));
    }
    return new Piece(covers, new TallySheet(rows), gone, List.of());
  }
}
