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

  /** All from one offset to another, both included; nothing if there are none. */
  Holes(long first, long last) {
    if (first <= last) {
      byFirst.put(first, last);
    }
  }

  /**
   * These offsets are there.
   *
   * @return false, and nothing is changed, if they do not all lie in one hole
   */
  boolean fill(long first, long last) {
    Map.Entry<Long, Long> hole = byFirst.floorEntry(first);
    if (hole == null || hole.getValue() < last) {
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

  boolean isEmpty() {
    return byFirst.isEmpty();
  }

  /** In order. */
  List<OffsetRange> left() {
    List<OffsetRange> left = new ArrayList<>();
    byFirst.forEach((first, last) -> left.add(new OffsetRange(first, last)));
    return left;
  }
}
