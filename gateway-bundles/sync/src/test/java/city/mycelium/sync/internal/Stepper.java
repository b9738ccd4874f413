package city.mycelium.sync.internal;

import city.mycelium.testkit.HandScheduler;

/** Steps a scheduler on a thread of its own, while the test waits for an answer. */
final class Stepper implements AutoCloseable {

  private final Thread thread;
  private volatile boolean isClosed;

  Stepper(HandScheduler scheduler) {
    thread =
        new Thread(
            () -> {
              while (!isClosed) {
                scheduler.runDue();
                Thread.onSpinWait();
              }
            },
            "stepper");
    thread.start();
  }

  @Override
  public void close() throws InterruptedException {
    isClosed = true;
    thread.join();
  }
}
