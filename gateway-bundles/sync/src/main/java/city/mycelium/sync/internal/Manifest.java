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

/**
 * Which Observations are on their way in one message, and which of them were refused. Remembers
 * names only, not results: many messages are out at once.
 */
final class Manifest {

  private final long[] offsets;
  private final DatastreamId[] datastreams;
  private final BitSet refused = new BitSet();

  Manifest(List<Described> outgoing) {
    offsets = new long[outgoing.size()];
    datastreams = new DatastreamId[outgoing.size()];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = outgoing.get(i).observation().identity().offset();
      datastreams[i] = outgoing.get(i).observation().datastream();
    }
  }

  int size() {
    return offsets.length;
  }

  /** Those in the range will never be taken as they are. */
  void refuse(OffsetRange range) {
    for (int i = 0; i < offsets.length; i++) {
      if (range.contains(offsets[i])) {
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
