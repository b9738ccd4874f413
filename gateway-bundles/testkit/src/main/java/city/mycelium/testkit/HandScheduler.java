package city.mycelium.testkit;

import city.mycelium.api.time.Cancellable;
import city.mycelium.api.time.Scheduler;
import city.mycelium.api.time.Schedulers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A scheduler that does nothing until the test steps it, on the test's own thread. A task that
 * throws throws in the test. Tasks may be handed in from any thread; stepping is for one thread.
 */
public final class HandScheduler implements Scheduler, Schedulers {

  private final LeapingClock clock;
  private final Deque<Runnable> ready = new ConcurrentLinkedDeque<>();
  private final Deque<Delayed> delayed = new ConcurrentLinkedDeque<>();
  private final AtomicLong order = new AtomicLong();
  private volatile boolean closed;

  private record Delayed(long dueNanos, long order, Runnable task) {}

  public HandScheduler(LeapingClock clock) {
    this.clock = clock;
  }

  /** Every name gets this one scheduler: a test steps all that it gave it to at once. */
  @Override
  public Scheduler serial(String name) {
    return this;
  }

  @Override
  public void execute(Runnable task) {
    if (!closed) {
      ready.add(task);
    }
  }

  @Override
  public Cancellable after(Duration delay, Runnable task) {
    Delayed entry =
        new Delayed(clock.monotonicNanos() + delay.toNanos(), order.getAndIncrement(), task);
    if (!closed) {
      delayed.add(entry);
    }
    return () -> delayed.remove(entry);
  }

  @Override
  public void close() {
    closed = true;
    ready.clear();
    delayed.clear();
  }

  /** Runs what is due now, and what that makes due, until nothing is. */
  public void runDue() {
    for (Optional<Runnable> next = takeDue(); next.isPresent(); next = takeDue()) {
      next.get().run();
    }
  }

  /**
   * Lets time pass: leaps from one due task to the next and runs each at its own time, then leaps
   * to the end.
   */
  public void pass(Duration time) {
    long end = clock.monotonicNanos() + time.toNanos();
    runDue();
    for (Optional<Delayed> next = earliest();
        next.isPresent() && next.get().dueNanos() <= end;
        next = earliest()) {
      clock.leap(Duration.ofNanos(Math.max(0, next.get().dueNanos() - clock.monotonicNanos())));
      runDue();
    }
    clock.leap(Duration.ofNanos(end - clock.monotonicNanos()));
  }

  /** How many tasks wait for their time. */
  public int waiting() {
    return delayed.size();
  }

  private Optional<Runnable> takeDue() {
    Runnable task = ready.poll();
    if (task != null) {
      return Optional.of(task);
    }
    Optional<Delayed> next = earliest().filter(d -> d.dueNanos() <= clock.monotonicNanos());
    next.ifPresent(delayed::remove);
    return next.map(Delayed::task);
  }

  private Optional<Delayed> earliest() {
    return new ArrayDeque<>(delayed)
        .stream()
            .min(Comparator.comparingLong(Delayed::dueNanos).thenComparingLong(Delayed::order));
  }
}
