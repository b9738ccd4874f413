package city.mycelium.driver.i2c.internal.bus;

import city.mycelium.api.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Lets time pass on the thread that asks. */
@FunctionalInterface
public interface Pause {

  /**
   * Comes back when the time is over.
   *
   * @throws InterruptedException if the thread is to end before
   */
  void pass(Duration time) throws InterruptedException;

  /** Parks the thread, by the clock that does not jump. */
  static Pause parking(Clock clock) {
    return time -> {
      long end = clock.monotonicNanos() + time.toNanos();
      for (long left = time.toNanos(); left > 0; left = end - clock.monotonicNanos()) {
        LockSupport.parkNanos(left);
        if (Thread.interrupted()) {
          throw new InterruptedException("stopped while a chip measures");
        }
      }
    };
  }
}
