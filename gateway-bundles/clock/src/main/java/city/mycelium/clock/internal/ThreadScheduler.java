package city.mycelium.clock.internal;

import city.mycelium.api.time.Cancellable;
import city.mycelium.api.time.Scheduler;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** A Scheduler on a daemon thread of its own. */
final class ThreadScheduler implements Scheduler {

  private final String name;
  private final Logger log;
  private final Duration patience;
  private final ScheduledThreadPoolExecutor executor;

  private volatile boolean closed;

  /** The thread now at work here; a task that closes its own scheduler must not wait for itself. */
  private volatile @Nullable Thread worker;

  /**
   * A scheduler with its thread.
   *
   * @param patience how long closing waits for the running task before it says so
   */
  ThreadScheduler(String name, Logger log, Duration patience) {
    this.name = name;
    this.log = log;
    this.patience = patience;
    executor = new ScheduledThreadPoolExecutor(1, this::daemon);
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false); // those not yet due
    executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
  }

  @Override
  public void execute(Runnable task) {
    executor.execute(supervised(task));
  }

  @Override
  public Cancellable after(Duration delay, Runnable task) {
    Future<?> future = executor.schedule(supervised(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  /** The running task is not interrupted: it may hold a file that an interrupt would close. */
  @Override
  public void close() {
    closed = true;
    executor.shutdown();
    if (Thread.currentThread() == worker) {
      return;
    }
    try {
      if (!terminatesWithin(patience)) {
        log.warn(
            "Stopping waits for {}: its task has not ended for {} s and may hang",
            name,
            patience.toSeconds());
        terminatesWithin(Duration.ofNanos(Long.MAX_VALUE));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean terminatesWithin(Duration time) throws InterruptedException {
    return executor.awaitTermination(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  private Thread daemon(Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    worker = thread;
    return thread;
  }

  private Runnable supervised(Runnable task) {
    return () -> {
      if (closed) {
        return; // it was due already, and its executor does not drop it
      }
      try {
        task.run();
      } catch (Throwable e) { // the supervisor: a bug in one task must not cost the others
        log.error("A task of {} failed: a defect in Mycelium, please report it", name, e);
      }
    };
  }
}
