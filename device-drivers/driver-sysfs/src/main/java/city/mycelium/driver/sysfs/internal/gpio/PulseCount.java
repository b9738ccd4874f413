package city.mycelium.driver.sysfs.internal.gpio;

import java.util.List;

/**
 * Makes pulses of the edges of one opened line. The kernel has debounced them already; here those
 * are left out that come sooner after the last pulse than the thing that pulses can do. Times are
 * the kernel's monotonic ones: no wall clock that leaps makes or takes a pulse. For one thread.
 */
final class PulseCount {

  private static final long UNSIGNED_INT = 0xFFFF_FFFFL;

  private final long shortestGapNanos;
  private boolean isFirst = true;
  private long lastPulseNanos;
  private long lastNumber;

  /** Begins with a line that was just opened; 0 for no shortest gap. */
  PulseCount(long shortestGapNanos) {
    this.shortestGapNanos = shortestGapNanos;
  }

  /**
   * What came.
   *
   * @param pulses how many, with the unseen ones
   * @param tooSoon edges that were no pulses
   * @param unseen edges that the kernel counted and did not keep: they count, but how far apart
   *     they were is not known
   */
  record Tally(long pulses, long tooSoon, long unseen) {}

  /** Counts. */
  Tally count(List<Edge> edges) {
    long pulses = 0;
    long tooSoon = 0;
    long unseen = 0;
    for (Edge edge : edges) {
      long step = edge.number() - lastNumber & UNSIGNED_INT;
      lastNumber = edge.number();
      unseen += step - 1;
      if (isFirst || edge.nanos() - lastPulseNanos >= shortestGapNanos) {
        pulses++;
        isFirst = false;
        lastPulseNanos = edge.nanos();
      } else {
        tooSoon++;
      }
    }
    return new Tally(pulses + unseen, tooSoon, unseen);
  }
}
