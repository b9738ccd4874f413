package city.mycelium.bench.platforms;

import java.util.function.LongSupplier;

/**
 * When a fault strikes: each time when the platform has been told so many more observations, and
 * not for ever, so that a cell ends. Safe for use by many threads.
 */
final class Strikes {

  private final LongSupplier told;
  private final long every;
  private final int most;
  private long next;
  private int struck;

  /**
   * Has not struck yet.
   *
   * @param told observations that the platform has been told so far
   * @param every so many more, and it strikes
   * @param most times that it strikes
   */
  Strikes(LongSupplier told, long every, int most) {
    this.told = told;
    this.every = every;
    this.most = most;
    next = every;
  }

  /** Whether it strikes now. */
  synchronized boolean now() {
    if (struck >= most || told.getAsLong() < next) {
      return false;
    }
    struck++;
    next = told.getAsLong() + every;
    return true;
  }

  /** How often it did. */
  synchronized int count() {
    return struck;
  }
}
