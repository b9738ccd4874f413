package city.mycelium.aggregation.internal.fold;

import java.util.Map;
import java.util.TreeMap;

/**
 * How often numbers of which size were there: one bin for each of the 64 equal parts between a
 * power of two and the next, so that a bin is as fine as its numbers are small. Which bin a number
 * falls into is read from its bits; so it is the same on every machine, in any order, and after any
 * merge.
 *
 * <p>Numbers nearer to zero than 2^-20 (about a millionth) count as zero, and beyond 2^30 (about a
 * billion) as the end of the last bin: so there are never more than {@value #MOST_BINS} bins. Not
 * thread-safe.
 */
final class Sketch {

  /** Of the true value, at most; where {@code 2^-20 <= |value| < 2^30}. */
  static final double RELATIVE_ERROR = 1.0 / 128;

  private static final byte VERSION = 2;
  private static final int PARTS_BITS = 6;
  private static final int SHIFT = 52 - PARTS_BITS;
  private static final int PARTS = 1 << PARTS_BITS;
  private static final int LEAST = bits(0x1p-20);
  private static final int MOST = bits(0x1p30) - 1;
  static final int MOST_BINS = 2 * 50 * PARTS + 1;
  private static final int LEAST_BYTES_OF_BIN = 2;

  /** Bins from 1 up for positive numbers, 0 for zero, from -1 down for negative ones. */
  private final TreeMap<Integer, Long> bins = new TreeMap<>();

  private long count;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  private static int bits(double magnitude) {
    return (int) (Double.doubleToRawLongBits(magnitude) >>> SHIFT);
  }

  void add(double value) {
    int bits = bits(Math.abs(value));
    int bin = bits < LEAST ? 0 : Math.min(bits, MOST) - LEAST + 1;
    bins.merge(value < 0 ? -bin : bin, 1L, Long::sum);
    count++;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }

  void add(Sketch other) {
    other.bins.forEach((bin, times) -> bins.merge(bin, times, Long::sum));
    count += other.count;
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
  }

  long count() {
    return count;
  }

  /**
   * The value of which so many percent of the numbers, rounded up to a whole number of them, are
   * not greater: the middle of its bin, and never outside what was there.
   *
   * @throws IllegalStateException if there is no number yet
   */
  double percentile(int percent) {
    // ceil(count * percent / 100), which does not overflow
    long rank = count / 100 * percent + (count % 100 * percent + 99) / 100;
    long passed = 0;
    for (Map.Entry<Integer, Long> bin : bins.entrySet()) {
      passed += bin.getValue();
      if (passed >= rank) {
        return Math.max(min, Math.min(max, middle(bin.getKey())));
      }
    }
    throw new IllegalStateException("there is no percentile of nothing");
  }

  private static double middle(int bin) {
    if (bin == 0) {
      return 0;
    }
    long bits = Math.abs(bin) - 1L + LEAST;
    double from = Double.longBitsToDouble(bits << SHIFT);
    double to = Double.longBitsToDouble((bits + 1) << SHIFT);
    return Math.copySign((from + to) / 2, bin);
  }

  byte[] toBytes() {
    PackedWriter out = new PackedWriter(VERSION).number(bins.size());
    if (!bins.isEmpty()) {
      out.real(min).real(max);
    }
    int last = 0;
    for (Map.Entry<Integer, Long> bin : bins.entrySet()) {
      out.signed(bin.getKey() - last).number(bin.getValue()); // negative only for the first
      last = bin.getKey();
    }
    return out.toBytes();
  }

  /**
   * The reverse of {@link #toBytes}.
   *
   * @throws IllegalArgumentException if these bytes are none
   */
  static Sketch read(byte[] bytes) {
    PackedReader in = new PackedReader(bytes, VERSION);
    Sketch sketch = new Sketch();
    int size = in.size(LEAST_BYTES_OF_BIN);
    if (size > 0) {
      sketch.min = in.real();
      sketch.max = in.real();
    }
    int bin = 0;
    for (int i = 0; i < size; i++) {
      bin += (int) in.signed();
      long times = in.count();
      sketch.bins.put(bin, times);
      sketch.count += times;
    }
    in.end();
    return sketch;
  }
}
