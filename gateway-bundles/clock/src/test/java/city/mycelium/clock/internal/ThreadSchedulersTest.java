package city.mycelium.clock.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.time.Cancellable;
import city.mycelium.api.time.Scheduler;
import city.mycelium.testkit.Await;
import city.mycelium.testkit.RecordingLogger;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.event.Level;

@Timeout(30)
class ThreadSchedulersTest {

  private final RecordingLogger log = new RecordingLogger();
  private final ThreadSchedulers schedulers = new ThreadSchedulers(log, Duration.ofMinutes(1));
  private final Scheduler scheduler = schedulers.serial("north");

  @AfterEach
  void stop() {
    scheduler.close();
  }

  @Test
  void tasksRunInTheOrderInWhichTheyWereGiven() throws Exception {
    ConcurrentLinkedQueue<Integer> done = new ConcurrentLinkedQueue<>();
    IntStream.range(0, 1_000).forEach(i -> scheduler.execute(() -> done.add(i)));

    finishWhatWaits(scheduler);

    assertThat(done).containsExactlyElementsOf(IntStream.range(0, 1_000).boxed().toList());
  }

  // A daemon, so that a forgotten scheduler cannot keep a gateway from ending.
  @Test
  void itsThreadIsADaemonWithTheNameThatWasAskedFor() throws Exception {
    Thread thread = on(scheduler, Thread::currentThread);

    assertThat(thread.getName()).isEqualTo("north");
    assertThat(thread.isDaemon()).isTrue();
  }

  // One driver that hangs costs no other driver.
  @Test
  void aTaskThatHangsDelaysOnlyItsOwnScheduler() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch hangs = new CountDownLatch(1);
    scheduler.execute(
        () -> {
          hangs.countDown();
          awaitQuietly(release);
        });
    hangs.await();
    try (Scheduler other = schedulers.serial("south")) {
      assertThat(on(other, () -> "served")).isEqualTo("served");
    } finally {
      release.countDown();
    }
  }

  @Test
  void aTaskThatThrowsIsLoggedOnceWithTheNameOfItsScheduler() throws Exception {
    RuntimeException defect = new IllegalStateException("a bug");
    scheduler.execute(
        () -> {
          throw defect;
        });

    finishWhatWaits(scheduler);

    assertThat(log.lines()).hasSize(1);
    assertThat(log.lines().get(0).level()).isEqualTo(Level.ERROR);
    assertThat(log.lines().get(0).message()).contains("north");
    assertThat(log.lines().get(0).thrown()).isSameAs(defect);
  }

  // Errors too: an assertion or a missing class in one driver is no reason to stop it for good.
  @Test
  void aTaskThatThrowsCostsNoOtherTask() throws Exception {
    Thread before = on(scheduler, Thread::currentThread);
    scheduler.execute(
        () -> {
          throw new NoClassDefFoundError("a bug");
        });
    scheduler.after(
        Duration.ZERO,
        () -> {
          throw new IllegalStateException("another");
        });

    assertThat(on(scheduler, Thread::currentThread)).isSameAs(before);
  }

  @Test
  void aDelayedTaskRunsWhenItsTimeHasCome() throws Exception {
    CompletableFuture<Long> ran = new CompletableFuture<>();
    SystemClock clock = new SystemClock();
    long asked = clock.monotonicNanos();

    scheduler.after(Duration.ofMillis(50), () -> ran.complete(clock.monotonicNanos()));

    assertThat(ran.get() - asked).isGreaterThanOrEqualTo(Duration.ofMillis(50).toNanos());
  }

  @Test
  void aCancelledTaskDoesNotRun() throws Exception {
    ConcurrentLinkedQueue<String> ran = new ConcurrentLinkedQueue<>();
    Cancellable cancelled = scheduler.after(Duration.ofMillis(20), () -> ran.add("cancelled"));
    CompletableFuture<Void> later = new CompletableFuture<>();
    scheduler.after(
        Duration.ofMillis(40),
        () -> {
          ran.add("control");
          later.complete(null);
        });

    cancelled.cancel();
    cancelled.cancel();

    later.get();
    assertThat(ran).containsExactly("control");
  }

  @Test
  void closingDropsWhatWaitsAndReturnsWhenTheRunningTaskIsDone() throws Exception {
    List<String> ran = new CopyOnWriteArrayList<>();
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch running = new CountDownLatch(1);
    scheduler.execute(
        () -> {
          running.countDown();
          awaitQuietly(release);
          ran.add("running");
        });
    scheduler.execute(() -> ran.add("waiting"));
    scheduler.after(Duration.ofMillis(1), () -> ran.add("delayed"));
    running.await();

    CompletableFuture<List<String>> closed =
        CompletableFuture.supplyAsync(
            () -> {
              scheduler.close();
              return List.copyOf(ran);
            });
    assertThat(isDoneWithin(closed, Duration.ofMillis(100))).isFalse();
    release.countDown();

    assertThat(closed.get()).containsExactly("running");
    assertThat(ran).containsExactly("running");
  }

  @Test
  void closingDoesNotWaitForTasksOfTheFuture() {
    ConcurrentLinkedQueue<String> ran = new ConcurrentLinkedQueue<>();
    scheduler.after(Duration.ofHours(1), () -> ran.add("in an hour"));

    scheduler.close();

    assertThat(ran).isEmpty();
    assertThat(log.lines()).isEmpty();
  }

  // A gateway that does not stop is a riddle unless it says what it waits for.
  @Test
  void closingSaysWhichTaskItWaitsFor() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch running = new CountDownLatch(1);
    Scheduler impatient = new ThreadSchedulers(log, Duration.ofMillis(10)).serial("west");
    impatient.execute(
        () -> {
          running.countDown();
          awaitQuietly(release);
        });
    running.await();

    CompletableFuture<Void> closed = CompletableFuture.runAsync(impatient::close);
    Await.await("it is said", () -> !log.lines().isEmpty(), Duration.ofSeconds(20));
    assertThat(closed).as("it goes on waiting").isNotDone();
    release.countDown();
    closed.get();

    assertThat(log.messages(Level.WARN)).hasSize(1).first().asString().contains("west");
  }

  @Test
  void aTaskMayCloseItsOwnScheduler() throws Exception {
    assertThat(
            on(
                scheduler,
                () -> {
                  scheduler.close();
                  return "closed";
                }))
        .isEqualTo("closed");
  }

  @Test
  void afterClosingNewTasksAreIgnored() {
    ConcurrentLinkedQueue<String> ran = new ConcurrentLinkedQueue<>();
    scheduler.close();

    scheduler.execute(() -> ran.add("late"));
    scheduler.after(Duration.ZERO, () -> ran.add("later")).cancel();
    scheduler.close();

    assertThat(ran).isEmpty();
  }

  private static void finishWhatWaits(Scheduler scheduler) throws Exception {
    on(scheduler, () -> "done");
  }

  private static <T> T on(Scheduler scheduler, Supplier<T> task)
      throws InterruptedException, ExecutionException {
    CompletableFuture<T> answer = new CompletableFuture<>();
    scheduler.execute(() -> answer.complete(task.get()));
    return answer.get();
  }

  private static boolean isDoneWithin(CompletableFuture<?> future, Duration time) throws Exception {
    try {
      future.get(time.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
