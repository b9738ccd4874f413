package city.mycelium.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The one place in all tests that may wait: for something outside the test's own threads, a process
 * or a socket, to get where it must.
 */
public final class Await {

  private static final long LOOK_EVERY_NANOS = Duration.ofMillis(20).toNanos();

  private Await() {}

  /** A question that may fail while the other side is not there yet. */
  @FunctionalInterface
  public interface Condition {
    boolean holds() throws Exception;
  }

  /**
   * Returns when the condition holds.
   *
   * @throws AssertionError if it does not by the deadline; carries the last failure of the
   *     condition
   */
  public static void await(String what, Condition condition, Duration deadline) {
    long end = System.nanoTime() + deadline.toNanos();
    Exception last = null;
    while (true) {
      try {
        if (condition.holds()) {
          return;
        }
        last = null;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while waiting until " + what, e);
      } catch (Exception e) { // the condition is the test's own code: any failure means "not yet"
        last = e;
      }
      if (System.nanoTime() > end) {
        throw new AssertionError("waited " + deadline + " in vain until " + what, last);
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }
}
