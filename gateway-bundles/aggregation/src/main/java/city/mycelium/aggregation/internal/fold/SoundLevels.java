package city.mycelium.aggregation.internal.fold;

import java.util.Arrays;

/**
 * How many sound levels there were in each tenth of a decibel: enough to say which level was
 * exceeded for which share of the time, within 0.05 dB, and exactly for a meter that speaks in
 * tenths. Takes 8 bytes for each tenth between the lowest and the highest level, so 18 kB at most.
 * Not thread-safe.
 */
final class SoundLevels {

  /** No sound in a city is below, none at all in air is above (194 dB is from vacuum to double). */
  static final double LOWEST = -20;

  static final double HIGHEST = 200;
  private static final int BINS_PER_DECIBEL = 10;

  /** Of one state that is read: so that no sum of two can be too large. */
  private static final long MOST = 1L << 50;

  private long[] counts = new long[0];

  /** The bin of the first of them: 651 is 65.1 dB, from 65.05 up to 65.15. */
  private int first;

  private static int bin(double level) {
    return (int) Math.round(level * BINS_PER_DECIBEL);
  }

  void add(double level) {
    int bin = bin(level);
    makeRoom(bin, bin);
    counts[bin - first]++;
  }

  void merge(SoundLevels other) {
    if (other.counts.length == 0) {
      return;
    }
    makeRoom(other.first, other.first + other.counts.length - 1);
    for (int i = 0; i < other.counts.length; i++) {
      counts[other.first - first + i] += other.counts[i];
    }
  }

  private void makeRoom(int lowest, int highest) {
    if (counts.length == 0) {
      first = lowest;
    }
    int newFirst = Math.min(first, lowest);
    int newEnd = Math.max(first + counts.length, highest + 1);
    if (newEnd - newFirst > counts.length) {
      long[] wider = new long[newEnd - newFirst];
      System.arraycopy(counts, 0, wider, first - newFirst, counts.length);
      counts = wider;
      first = newFirst;
    }
  }

  long total() {
    return Arrays.stream(counts).sum();
  }

  /**
   * The lowest level that is exceeded by at most so many percent of all; that is the percentile of
   * 100 less that, by the nearest rank. There must be levels.
   *
   * @param percent 1 to 99
   */
  double exceededFor(int percent) {
    long rank = total() - total() * percent / 100; // no more than so many percent lie above
    int bin = 0;
    for (long seen = counts[0]; seen < rank; seen += counts[bin]) {
      bin++;
    }
    return (double) (first + bin) / BINS_PER_DECIBEL;
  }

  /** From the lowest to the highest level there was. */
  void write(PackedWriter out) {
    out.number(counts.length).signed(first);
    for (long count : counts) {
      out.number(count);
    }
  }

  static SoundLevels read(PackedReader in) {
    SoundLevels levels = new SoundLevels();
    int size = in.size(1);
    long first = in.signed();
    PackedReader.require(
        size == 0 ? first == 0 : bin(LOWEST) <= first && first <= bin(HIGHEST) - size + 1,
        "no level of sound");
    levels.first = (int) first;
    levels.counts = new long[size];
    for (int i = 0; i < size; i++) {
      levels.counts[i] = in.count();
      PackedReader.require(levels.counts[i] <= MOST / size, "there are too many levels");
    }
    PackedReader.require(
        size == 0 || (levels.counts[0] > 0 && levels.counts[size - 1] > 0), "it has empty ends");
    return levels;
  }
}
