package city.mycelium.sync.internal;

import city.mycelium.testkit.HandScheduler;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

/** Steps a scheduler on a thread of its own, while the test waits for an answer. */
final class Stepper {

  private Stepper() {}

  static <T> T stepping(HandScheduler scheduler, Callable<T> question) throws Exception {
    AtomicBoolean isDone = new AtomicBoolean();
    Thread thread =
        new Thread(
            () -> {
              while (!isDone.get()) {
                scheduler.runDue();
                Thread.onSpinWait();
              }
            },
            "stepper");
    thread.start();
    try {
      return question.call();
    } finally {
      isDone.set(true);
      thread.join();
    }
  }
}
