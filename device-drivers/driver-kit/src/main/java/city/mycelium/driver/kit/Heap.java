package city.mycelium.driver.kit;

import city.mycelium.driver.kit.Findings.Line;

/** Whether what is done 10,000 times keeps memory. */
final class Heap {

  static final int READS = 10_000;

  /** Until then, caches fill and classes load. */
  private static final int WARM = 1_000;

  /** What may be kept in all: less than 64 bytes for each read, so that a leak cannot hide. */
  private static final long KEPT_BYTES = 512 * 1024;

  private long usedWarm;

  void before(int read) {
    if (read == WARM) {
      usedWarm = used();
    }
  }

  void requireBounded(Line line) {
    long kept = used() - usedWarm;
    line.remark("%+d KiB".formatted(kept / 1024));
    if (kept > KEPT_BYTES) {
      line.fault((READS - WARM) + " reads keep " + kept / 1024 + " KiB");
    }
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 2; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
