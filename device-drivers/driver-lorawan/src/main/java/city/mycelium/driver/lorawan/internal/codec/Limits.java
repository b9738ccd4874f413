package city.mycelium.driver.lorawan.internal.codec;

import java.time.Duration;

/**
 * What a script may take, per call.
 *
 * <p>An uplink has at most 242 bytes of payload (RP002-1.0.3, 2.4.6), and the scripts of vendors
 * take well under a millisecond and a megabyte for them; the limits are far above that, so that a
 * slow board, a busy one or a cold start breaks none, and far below what would hurt the gateway.
 *
 * @param deadline how long one call may take; the monotonic clock of the machine counts
 * @param installDeadline how long the first run may take, when everything is still cold
 * @param allocatedBytes how much memory it may ask for altogether
 * @param depth how deep functions may call each other
 * @param characters how long any string may be
 * @param elements how many elements any list may have
 * @param bigIntegers whether it may use big integers, which nothing can stop
 */
record Limits(
    Duration deadline,
    Duration installDeadline,
    long allocatedBytes,
    int depth,
    int characters,
    int elements,
    boolean bigIntegers) {

  private static final int MEBIBYTE = 1 << 20;

  /**
   * For a script that somebody vouches for, in the process of the gateway with its 64 MB of heap.
   *
   * <p>ChirpStack gives a script 100 ms on a server; a Raspberry Pi is several times slower.
   */
  static final Limits IN_GATEWAY =
      new Limits(
          Duration.ofMillis(500),
          Duration.ofSeconds(5),
          16 * MEBIBYTE,
          400,
          1 << 18,
          1 << 16,
          false);

  /** For a process of its own, which may be lost. */
  static final Limits IN_CHILD =
      new Limits(
          Duration.ofMillis(500),
          Duration.ofSeconds(5),
          64 * MEBIBYTE,
          400,
          1 << 20,
          1 << 18,
          true);

  /** For a person at a desk, whose own process it is. */
  static final Limits AT_DESK =
      new Limits(
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          64 * MEBIBYTE,
          400,
          1 << 20,
          1 << 18,
          false);

  Limits {
    if (deadline.isNegative() || deadline.isZero() || installDeadline.compareTo(deadline) < 0) {
      throw new IllegalArgumentException("a call needs some time, and the first one as much");
    }
    if (allocatedBytes < 1 || depth < 1 || characters < 1 || elements < 1) {
      throw new IllegalArgumentException("a script needs some room");
    }
  }

  Limits withDeadline(Duration time) {
    return new Limits(
        time,
        installDeadline.compareTo(time) < 0 ? time : installDeadline,
        allocatedBytes,
        depth,
        characters,
        elements,
        bigIntegers);
  }
}
