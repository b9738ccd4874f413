package city.mycelium.journal.internal;

import city.mycelium.api.observation.OffsetRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The offsets that nobody has found yet. For one thread. */
final class Holes {

  /** The last of each by its first. */
  private final NavigableMap<Long, Long> byFirst = new TreeMap<>();

  /** All from this offset on. */
  Holes(long first) {
    byFirst.put(first, Long.MAX_VALUE);
  }

  /** Whether nobody has found any of these. */
  boolean has(long first, long last) {
    Map.Entry<Long, Long> hole = byFirst.floorEntry(first);
    return hole != null && hole.getValue() >= last && first <= last;
  }

  /**
   * These offsets are there.
   *
   * @return false, and nothing is changed, if they do not all lie in one hole
   */
  boolean fill(long first, long last) {
    Map.Entry<Long, Long> hole = byFirst.floorEntry(first);
    if (hole == null || !has(first, last)) {
      return false;
    }
    byFirst.remove(hole.getKey());
    if (hole.getKey() < first) {
      byFirst.put(hole.getKey(), first - 1);
    }
    if (last < hole.getValue()) {
      byFirst.put(last + 1, hole.getValue());
    }
    return true;
  }

  /** Up to an offset, in order. */
  List<OffsetRange> upTo(long end) {
    List<OffsetRange> left = new ArrayList<>();
    byFirst
        .headMap(end, true)
        .forEach((first, last) -> left.add(new OffsetRange(first, Math.min(last, end))));
    return left;
  }
}
