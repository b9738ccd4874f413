package city.mycelium.sync.internal;

import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.OffsetRange;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Observations that a platform did not take, set aside so that the others can go on. Immutable.
 *
 * @param covers the message that they were in
 * @param isGap whether the far end knows nothing of that message: then its offsets are a gap there
 *     until somebody decides, and an acknowledgement of them can be believed
 * @param offsets the Observations themselves, in ranges that ascend
 * @param counts how many per Datastream; adds up to the size of {@code offsets}
 * @param why in the platform's words
 * @param since when it was set aside, UTC epoch milliseconds
 * @param attempts how often it was sent
 */
record Refusal(
    OffsetRange covers,
    boolean isGap,
    List<OffsetRange> offsets,
    Map<DatastreamId, Long> counts,
    String why,
    long since,
    int attempts) {

  static final String STATE = "sync.quarantine";
  private static final int VERSION = 1;
  private static final int MAX_WHY = 300;

  Refusal {
    offsets = List.copyOf(offsets);
    counts = Map.copyOf(counts);
    why = why.length() > MAX_WHY ? why.substring(0, MAX_WHY) : why;
  }

  /** The first offset: nothing is set aside twice. */
  long id() {
    return offsets.get(0).first();
  }

  long count() {
    return Ranges.size(offsets);
  }

  Refusal again(String reason, int more) {
    return new Refusal(covers, isGap, offsets, counts, reason, since, attempts + more);
  }

  /** What is left of it when the far end has taken the others, and so has heard of all. */
  Refusal rest(Manifest manifest, String reason, int more) {
    List<OffsetRange> left = manifest.refusedOffsets();
    OffsetRange around = new OffsetRange(left.get(0).first(), left.get(left.size() - 1).last());
    return new Refusal(
        around, false, left, manifest.refusedCounts(), reason, since, attempts + more);
  }

  /** The same without what may not, or can not, be sent any more. */
  Refusal only(List<OffsetRange> sendable, Map<DatastreamId, Long> sendableCounts) {
    return new Refusal(covers, isGap, sendable, sendableCounts, why, since, attempts);
  }

  private String key() {
    return String.format(Locale.ROOT, "%016x", id());
  }

  void note(Notebook notebook) {
    notebook.put(STATE, key(), toBytes());
  }

  void noteRemoval(Notebook notebook) {
    notebook.remove(STATE, key());
  }

  private byte[] toBytes() {
    Packed.Out out = new Packed.Out(VERSION);
    out.ranges(List.of(covers)).number(isGap ? 1 : 0).ranges(offsets);
    out.number(counts.size());
    new TreeMap<>(counts)
        .forEach((datastream, count) -> out.text(datastream.value()).number(count));
    return out.text(why).number(since).number(attempts).toBytes();
  }

  static Refusal of(byte[] bytes) {
    Packed.In in = new Packed.In(bytes, VERSION);
    OffsetRange covers = in.ranges().get(0);
    boolean isGap = in.number() == 1;
    List<OffsetRange> offsets = in.ranges();
    Map<DatastreamId, Long> counts = new TreeMap<>();
    long rows = in.number();
    for (long i = 0; i < rows; i++) {
      counts.put(new DatastreamId(in.text()), in.number());
    }
    return new Refusal(covers, isGap, offsets, counts, in.text(), in.number(), (int) in.number());
  }
}
