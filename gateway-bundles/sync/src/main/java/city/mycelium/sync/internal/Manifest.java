package city.mycelium.sync.internal;

import city.mycelium.api.dialect.Described;
import city.mycelium.api.journal.Tally;
import city.mycelium.api.journal.TallySheet;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.OffsetRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Which Observations a flight carries, and what is known of each: open, taken or refused. Remembers
 * names only, not results: many flights are out at once.
 */
final class Manifest {

  private final long[] offsets;
  private final DatastreamId[] datastreams;
  private final BitSet refused = new BitSet();

  /** Known to be there, although the rest of the flight is open. */
  private final BitSet taken = new BitSet();

  /** Known to be refused for good, whatever becomes of the rest of the flight. */
  private final BitSet refusedForGood = new BitSet();

  private Manifest(int size) {
    offsets = new long[size];
    datastreams = new DatastreamId[size];
  }

  Manifest(List<Described> outgoing) {
    this(outgoing.size());
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = outgoing.get(i).observation().identity().offset();
      datastreams[i] = outgoing.get(i).observation().datastream();
    }
  }

  /** What is settled of this one, and these beside it. */
  Manifest goingOnWith(List<Described> outgoing) {
    Manifest fresh = new Manifest(outgoing);
    BitSet settled = settled();
    if (settled.isEmpty()) {
      return fresh;
    }
    Manifest both = new Manifest(settled.cardinality() + fresh.size());
    int mine = settled.nextSetBit(0);
    int other = 0;
    for (int i = 0; i < both.offsets.length; i++) {
      if (other == fresh.size() || (mine >= 0 && offsets[mine] < fresh.offsets[other])) {
        both.copy(i, this, mine);
        mine = settled.nextSetBit(mine + 1);
      } else {
        both.copy(i, fresh, other);
        other++;
      }
    }
    return both;
  }

  /** What it says of a part of its offsets. */
  Manifest part(OffsetRange range) {
    int[] within =
        IntStream.range(0, offsets.length).filter(i -> range.contains(offsets[i])).toArray();
    Manifest part = new Manifest(within.length);
    for (int i = 0; i < within.length; i++) {
      part.copy(i, this, within[i]);
    }
    return part;
  }

  private void copy(int to, Manifest from, int index) {
    offsets[to] = from.offsets[index];
    datastreams[to] = from.datastreams[index];
    refused.set(to, from.refused.get(index));
    taken.set(to, from.taken.get(index));
    refusedForGood.set(to, from.refusedForGood.get(index));
  }

  private BitSet settled() {
    BitSet settled = (BitSet) taken.clone();
    settled.or(refusedForGood);
    return settled;
  }

  /** Whether it is known what became of that one. */
  boolean isSettled(long offset) {
    int index = Arrays.binarySearch(offsets, offset);
    return index >= 0 && settled().get(index);
  }

  /** Whether it is known of each what became of it. */
  boolean isSettled() {
    BitSet known = settled();
    known.or(refused);
    return known.cardinality() == offsets.length;
  }

  /** Offsets of which nobody knows yet. */
  long[] open() {
    BitSet settled = settled();
    return IntStream.range(0, offsets.length)
        .filter(i -> !settled.get(i))
        .mapToLong(i -> offsets[i])
        .toArray();
  }

  /**
   * Those in the range are there.
   *
   * @return whether that is news of any
   */
  boolean take(OffsetRange range) {
    int before = taken.cardinality();
    for (int i = 0; i < offsets.length; i++) {
      if (range.contains(offsets[i]) && !refused.get(i)) {
        taken.set(i);
      }
    }
    return taken.cardinality() > before;
  }

  boolean hasTaken() {
    return !taken.isEmpty();
  }

  /** What of these ranges is not settled here. */
  List<OffsetRange> without(List<OffsetRange> ranges) {
    BitSet settled = settled();
    if (settled.isEmpty() || ranges.isEmpty()) {
      return ranges;
    }
    List<OffsetRange> known =
        settled.stream().mapToObj(i -> new OffsetRange(offsets[i], offsets[i])).toList();
    return ranges.stream()
        .flatMap(range -> Ranges.between(range.first(), range.last(), known).stream())
        .toList();
  }

  /** The far end will never take those in the range that are open; the rest may go again. */
  void refuseForGood(OffsetRange range) {
    for (int i = 0; i < offsets.length; i++) {
      if (range.contains(offsets[i]) && !taken.get(i)) {
        refused.set(i);
        refusedForGood.set(i);
      }
    }
  }

  int size() {
    return offsets.length;
  }

  /** Those in the range will never be taken as they are. */
  void refuse(OffsetRange range) {
    for (int i = 0; i < offsets.length; i++) {
      if (range.contains(offsets[i]) && !taken.get(i)) {
        refused.set(i);
      }
    }
  }

  boolean hasRefused() {
    return !refused.isEmpty();
  }

  List<OffsetRange> refusedOffsets() {
    return offsets(true);
  }

  /** What the far end has when this message is proven. */
  List<OffsetRange> takenOffsets() {
    return offsets(false);
  }

  /** The last that the far end has when this message is proven; 0 if there is none. */
  long lastTaken() {
    int index = refused.previousClearBit(offsets.length - 1);
    return index < 0 ? 0 : offsets[index];
  }

  private List<OffsetRange> offsets(boolean ofRefused) {
    List<OffsetRange> ranges = new ArrayList<>();
    for (int i = 0; i < offsets.length; i++) {
      if (refused.get(i) == ofRefused) {
        Ranges.append(ranges, new OffsetRange(offsets[i], offsets[i]));
      }
    }
    return ranges;
  }

  boolean contains(long offset) {
    return Arrays.binarySearch(offsets, offset) >= 0;
  }

  Map<DatastreamId, Long> refusedCounts() {
    return counts(true);
  }

  /** How many of those, per Datastream. */
  Map<DatastreamId, Long> takenCounts() {
    return counts(false);
  }

  private Map<DatastreamId, Long> counts(boolean ofRefused) {
    Map<DatastreamId, Long> counts = new TreeMap<>();
    for (int i = 0; i < datastreams.length; i++) {
      if (refused.get(i) == ofRefused) {
        counts.merge(datastreams[i], 1L, Long::sum);
      }
    }
    return counts;
  }

  /** What these come to when the message is done with. */
  TallySheet sheet() {
    return sheet(takenCounts(), true).plus(sheet(refusedCounts(), false));
  }

  private static TallySheet sheet(Map<DatastreamId, Long> counts, boolean isDelivered) {
    Map<DatastreamId, Tally> rows = new TreeMap<>();
    counts.forEach(
        (datastream, count) ->
            rows.put(datastream, isDelivered ? Tally.delivered(count) : Tally.refused(count)));
    return new TallySheet(rows);
  }
}
