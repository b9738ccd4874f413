package city.mycelium.api.time;

import java.time.Duration;

/**
 * A serial place of work: its tasks run one after another, never two at once, each as if under one
 * lock. Whoever owns a Scheduler therefore needs no locks of its own for state that only its tasks
 * touch.
 *
 * <p>{@link #execute} and {@link #after} may be called from any thread. A task that throws is
 * logged by the implementation (it is the supervisor) and costs no other task. After {@link #close}
 * new tasks are ignored.
 */
public interface Scheduler extends AutoCloseable {

  /** Runs the task as soon as those before it are done. */
  void execute(Runnable task);

  /** Runs the task once, not earlier than the delay from now. */
  Cancellable after(Duration delay, Runnable task);

  /** Stops taking tasks, drops those that wait, and returns when the running one is done. */
  @Override
  void close();
}
