package city.mycelium.aggregation.internal.fold;

import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * Every result of a window in the order of time: what a function needs for which it matters what
 * came after what. Results of one time are in the order of their values, so the order in which they
 * come in makes no difference. Takes 16 bytes a result; in order it is quick to fill, in any other
 * order it is slower. Not thread-safe.
 */
final class Timeline {

  private static final int BYTES_EACH = 2;

  private long[] times;
  private long[] values;
  private int size;

  Timeline() {
    this(8);
  }

  private Timeline(int capacity) {
    times = new long[capacity];
    values = new long[capacity];
  }

  /**
   * A double as a value, its last bits first: what a sensor says seldom needs them, so few bytes do
   * on disk.
   */
  static long ofDouble(double value) {
    return Long.reverse(Double.doubleToRawLongBits(value));
  }

  /** The reverse of {@link #ofDouble}. */
  static double toDouble(long value) {
    return Double.longBitsToDouble(Long.reverse(value));
  }

  int size() {
    return size;
  }

  long time(int index) {
    return times[index];
  }

  long value(int index) {
    return values[index];
  }

  void add(long time, long value) {
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    int place = size;
    while (place > 0 && isBefore(time, value, times[place - 1], values[place - 1])) {
      place--;
    }
    System.arraycopy(times, place, times, place + 1, size - place);
    System.arraycopy(values, place, values, place + 1, size - place);
    times[place] = time;
    values[place] = value;
    size++;
  }

  void merge(Timeline other) {
    Timeline both = new Timeline(Math.max(8, size + other.size));
    int mine = 0;
    int theirs = 0;
    while (both.size < size + other.size) {
      boolean isMine =
          mine < size
              && (theirs == other.size
                  || isBefore(
                      times[mine], values[mine], other.times[theirs], other.values[theirs]));
      both.times[both.size] = isMine ? times[mine] : other.times[theirs];
      both.values[both.size] = isMine ? values[mine++] : other.values[theirs++];
      both.size++;
    }
    times = both.times;
    values = both.values;
    size = both.size;
  }

  private static boolean isBefore(long time, long value, long otherTime, long otherValue) {
    return time != otherTime ? time < otherTime : value < otherValue;
  }

  void write(PackedWriter out) {
    out.number(size);
    long time = 0;
    long value = 0;
    for (int i = 0; i < size; i++) {
      out.signed(times[i] - time).signed(values[i] - value);
      time = times[i];
      value = values[i];
    }
  }

  /**
   * The reverse of {@link #write}.
   *
   * @param check throws IllegalArgumentException at a value that cannot be
   */
  static Timeline read(PackedReader in, LongConsumer check) {
    int size = in.size(BYTES_EACH);
    Timeline timeline = new Timeline(Math.max(8, size));
    long time = 0;
    long value = 0;
    for (int i = 0; i < size; i++) {
      long timeBefore = time;
      long valueBefore = value;
      time += in.signed();
      value += in.signed();
      check.accept(value);
      PackedReader.require(
          i == 0 || !isBefore(time, value, timeBefore, valueBefore), "its order is wrong");
      timeline.times[i] = time;
      timeline.values[i] = value;
    }
    timeline.size = size;
    return timeline;
  }
}
