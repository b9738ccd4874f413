package city.mycelium.sync.internal;

import city.mycelium.api.observation.OffsetRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Arithmetic of offset ranges. Pure. */
final class Ranges {

  private Ranges() {}

  /**
   * What of {@code first..last} lies in none of the taken ranges, ascending.
   *
   * @param taken in any order; they may overlap and reach beyond
   */
  static List<OffsetRange> between(long first, long last, Collection<OffsetRange> taken) {
    List<OffsetRange> gaps = new ArrayList<>();
    long next = first;
    for (OffsetRange range : taken.stream().sorted().toList()) {
      if (range.first() > last) {
        break;
      }
      if (range.first() > next) {
        gaps.add(new OffsetRange(next, range.first() - 1));
      }
      next = Math.max(next, range.last() + 1);
    }
    if (next <= last) {
      gaps.add(new OffsetRange(next, last));
    }
    return gaps;
  }

  /** Adds a range behind the others, joined to the last one where they touch. */
  static void append(List<OffsetRange> ranges, OffsetRange range) {
    int end = ranges.size() - 1;
    if (end >= 0 && ranges.get(end).last() + 1 == range.first()) {
      ranges.set(end, new OffsetRange(ranges.get(end).first(), range.last()));
    } else {
      ranges.add(range);
    }
  }

  static boolean isWithin(OffsetRange inner, OffsetRange outer) {
    return outer.first() <= inner.first() && inner.last() <= outer.last();
  }

  static long size(Collection<OffsetRange> ranges) {
    return ranges.stream().mapToLong(OffsetRange::size).sum();
  }

  static String text(OffsetRange range) {
    return range.first() == range.last()
        ? Long.toString(range.first())
        : range.first() + "–" + range.last();
  }
}
