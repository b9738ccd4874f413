package city.mycelium.driver.push.internal;

import city.mycelium.api.time.Cancellable;
import city.mycelium.api.time.Scheduler;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The threads that serve requests: a fixed number, a short queue, and no more. What finds the queue
 * full is refused with {@link java.util.concurrent.RejectedExecutionException}, upon which the
 * JDK's HTTP server closes the connection.
 *
 * <p>A client that dawdles while it sends or reads loses its connection: its thread is interrupted,
 * which closes the socket channel that it blocks on (see {@link
 * java.nio.channels.InterruptibleChannel}). That needs none of the {@code sun.net.httpserver}
 * settings, which are read once per process and so belong to whoever comes first. The same trait
 * makes an interrupt dangerous to everybody else's files, so what is {@link #undisturbed} is never
 * interrupted.
 */
final class Workers implements Executor, AutoCloseable {

  private static final Duration IDLE_THREAD_STAYS = Duration.ofSeconds(30);

  /** The patience with the request that this thread is serving. */
  private static final ThreadLocal<@Nullable Patience> CURRENT = new ThreadLocal<>();

  private final ThreadPoolExecutor pool;
  private final Scheduler watch;
  private final Duration patience;

  /**
   * New workers; threads start when they are needed and end when they are not.
   *
   * @param waiting how many requests may wait for a thread
   * @param watch where time is watched; closed by whoever made it
   * @param patience for how long a client may take to send its request, and again to read its
   *     answer
   */
  Workers(String name, int threads, int waiting, Scheduler watch, Duration patience) {
    this.watch = watch;
    this.patience = patience;
    AtomicInteger number = new AtomicInteger();
    pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_THREAD_STAYS.toSeconds(),
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(waiting),
            task -> {
              Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
  }

  @Override
  public void execute(Runnable request) {
    pool.execute(() -> serve(request));
  }

  private void serve(Runnable request) {
    Patience mine = new Patience(Thread.currentThread());
    CURRENT.set(mine);
    try {
      mine.begin();
      request.run();
    } finally {
      mine.end();
      CURRENT.remove();
    }
  }

  /**
   * Does something that must not be interrupted and takes as long as it takes; the client's time
   * starts anew behind it.
   */
  static <T> T undisturbed(Supplier<T> work) {
    Patience mine = CURRENT.get();
    if (mine == null) {
      return work.get();
    }
    mine.end();
    try {
      return work.get();
    } finally {
      mine.begin();
    }
  }

  /** Whether a request is being served, or waits to be. */
  boolean areBusy() {
    return pool.getActiveCount() > 0 || !pool.getQueue().isEmpty();
  }

  /** Takes no more requests; those that are being served are served. */
  @Override
  public void close() {
    pool.shutdown();
  }

  /** Patience with one request. Its lock makes sure that no interrupt comes after its end. */
  private final class Patience {
    private final Thread thread;
    private @Nullable Cancellable alarm;

    Patience(Thread thread) {
      this.thread = thread;
    }

    synchronized void begin() {
      alarm = watch.after(patience, this::lose);
    }

    synchronized void end() {
      if (alarm != null) {
        alarm.cancel();
        alarm = null;
      }
      // The interrupt may have come when the last byte was there already: then it was for nothing.
      Thread.interrupted();
    }

    private synchronized void lose() {
      if (alarm != null) {
        thread.interrupt();
      }
    }
  }
}
