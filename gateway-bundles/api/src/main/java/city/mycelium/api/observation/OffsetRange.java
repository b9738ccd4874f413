package city.mycelium.api.observation;

/** The offsets from {@code first} to {@code last}, both included, of one epoch. */
public record OffsetRange(long first, long last) implements Comparable<OffsetRange> {

  public OffsetRange {
    if (first < 1 || last < first) {
      throw new IllegalArgumentException(
          "an offset range is 1 <= first <= last, not " + first + ".." + last);
    }
  }

  public long size() {
    return last - first + 1;
  }

  public boolean contains(long offset) {
    return first <= offset && offset <= last;
  }

  @Override
  public int compareTo(OffsetRange other) {
    return first != other.first ? Long.compare(first, other.first) : Long.compare(last, other.last);
  }
}
