package city.mycelium.receiver.internal.store;

import city.mycelium.api.observation.OffsetRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A set of offsets, kept as the ranges it consists of. Immutable.
 *
 * <p>Adding costs time and memory in proportion to the number of ranges, which is one while a
 * gateway sends in order and a few while it fills gaps.
 */
public final class OffsetRanges {

  public static final OffsetRanges NONE = new OffsetRanges(new long[0]);

  /** First and last of each range in turn, ascending; between two ranges something is missing. */
  private final long[] bounds;

  private OffsetRanges(long[] bounds) {
    this.bounds = bounds;
  }

  /** The set of all offsets of these ranges, which may overlap and come in any order. */
  public static OffsetRanges of(Iterable<OffsetRange> ranges) {
    OffsetRanges all = NONE;
    for (OffsetRange range : ranges) {
      all = all.with(range);
    }
    return all;
  }

  /** This set and the offsets of the range. */
  public OffsetRanges with(OffsetRange added) {
    int from = firstTouching(added.first());
    int to = from;
    long first = added.first();
    long last = added.last();
    // Swallows every range that overlaps the added one or adjoins it. Subtracts from the higher
    // number, as the last offset of all has no successor.
    while (to < count() && first(to) - 1 <= last) {
      first = Math.min(first, first(to));
      last = Math.max(last, last(to));
      to++;
    }
    long[] joined = new long[bounds.length - 2 * (to - from) + 2];
    System.arraycopy(bounds, 0, joined, 0, 2 * from);
    joined[2 * from] = first;
    joined[2 * from + 1] = last;
    System.arraycopy(bounds, 2 * to, joined, 2 * from + 2, bounds.length - 2 * to);
    return new OffsetRanges(joined);
  }

  /** This set and all offsets of the other one. */
  public OffsetRanges with(OffsetRanges other) {
    OffsetRanges both = this;
    for (OffsetRange range : other.ranges()) {
      both = both.with(range);
    }
    return both;
  }

  /** The offsets of this set that are not greater than the given one. */
  public OffsetRanges upTo(long offset) {
    int ranges = 0;
    while (ranges < count() && first(ranges) <= offset) {
      ranges++;
    }
    long[] kept = Arrays.copyOf(bounds, 2 * ranges);
    if (ranges > 0) {
      kept[2 * ranges - 1] = Math.min(offset, kept[2 * ranges - 1]);
    }
    return new OffsetRanges(kept);
  }

  /** The parts of the range that are not in this set, ascending. */
  public List<OffsetRange> holesIn(OffsetRange range) {
    List<OffsetRange> holes = new ArrayList<>();
    long from = range.first();
    for (int i = firstTouching(from); i < count() && first(i) <= range.last(); i++) {
      if (last(i) < from) {
        continue;
      }
      if (first(i) > from) {
        holes.add(new OffsetRange(from, first(i) - 1));
      }
      if (last(i) >= range.last()) {
        return holes;
      }
      from = last(i) + 1;
    }
    holes.add(new OffsetRange(from, range.last()));
    return holes;
  }

  /** How many offsets are in this set. */
  public long size() {
    long size = 0;
    for (int i = 0; i < count(); i++) {
      size += last(i) - first(i) + 1;
    }
    return size;
  }

  /** How many offsets of the range are not in this set. */
  public long missingIn(OffsetRange range) {
    long missing = range.size();
    for (int i = firstTouching(range.first()); i < count() && first(i) <= range.last(); i++) {
      long overlap = Math.min(last(i), range.last()) - Math.max(first(i), range.first()) + 1;
      missing -= Math.max(0, overlap);
    }
    return missing;
  }

  /**
   * The whole range of this set that an offset lies in.
   *
   * @throws IllegalArgumentException if the offset is not in this set
   */
  public OffsetRange around(long offset) {
    for (int i = firstTouching(offset); i < count() && first(i) <= offset; i++) {
      if (offset <= last(i)) {
        return new OffsetRange(first(i), last(i));
      }
    }
    throw new IllegalArgumentException("offset " + offset + " is not in " + this);
  }

  /** The last offset up to which, from 1 on, nothing is missing; 0 if 1 is. */
  public long contiguous() {
    return count() > 0 && first(0) == 1 ? last(0) : 0;
  }

  /** The ranges beyond {@link #contiguous()}, ascending. */
  public List<OffsetRange> above() {
    List<OffsetRange> all = ranges();
    return contiguous() > 0 ? all.subList(1, all.size()) : all;
  }

  /** How many offsets below the highest one are not in this set. */
  public long gaps() {
    if (count() == 0) {
      return 0;
    }
    long highest = last(count() - 1);
    return missingIn(new OffsetRange(1, highest));
  }

  /** Every range, ascending. */
  public List<OffsetRange> ranges() {
    List<OffsetRange> ranges = new ArrayList<>(count());
    for (int i = 0; i < count(); i++) {
      ranges.add(new OffsetRange(first(i), last(i)));
    }
    return List.copyOf(ranges);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OffsetRanges ranges && Arrays.equals(bounds, ranges.bounds);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bounds);
  }

  @Override
  public String toString() {
    return ranges().stream().map(range -> range.first() + ".." + range.last()).toList().toString();
  }

  /** Index of the first range that ends at the offset before the given one, or later. */
  private int firstTouching(long offset) {
    int low = 0;
    int high = count();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (last(middle) < offset - 1) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int count() {
    return bounds.length / 2;
  }

  private long first(int range) {
    return bounds[2 * range];
  }

  private long last(int range) {
    return bounds[2 * range + 1];
  }
}
