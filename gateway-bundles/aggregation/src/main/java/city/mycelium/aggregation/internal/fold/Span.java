package city.mycelium.aggregation.internal.fold;

/**
 * The time of a window: {@code [from, to)}, UTC epoch milliseconds.
 *
 * @param to greater than {@code from}
 */
public record Span(long from, long to) {

  public Span {
    if (to <= from) {
      throw new IllegalArgumentException("a window is from < to, not " + from + " and " + to);
    }
  }

  /** How long it is. */
  public long millis() {
    return to - from;
  }
}
