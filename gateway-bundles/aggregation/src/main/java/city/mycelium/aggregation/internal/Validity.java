package city.mycelium.aggregation.internal;

/** Whether enough went into a window for it to stand for its time. */
@FunctionalInterface
interface Validity {

  /**
   * Says so.
   *
   * @param count how many went in
   * @param expected how many a healthy sensor would have given; 0 when not known
   */
  boolean holds(long count, long expected);

  /** At least this share of what was expected; what was not expected is never too little. */
  static Validity share(int percent) {
    return (count, expected) -> 100.0 * count >= (double) percent * expected;
  }

  static Validity atLeast(int wanted) {
    return (count, expected) -> count >= wanted;
  }
}
