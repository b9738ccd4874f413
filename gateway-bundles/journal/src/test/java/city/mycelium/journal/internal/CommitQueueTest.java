package city.mycelium.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.journal.Durability;
import city.mycelium.api.journal.JournalException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On the test's own thread: a group that is due is taken without waiting. */
@Timeout(60) // a group that should be due and is not would else be waited for for ever
class CommitQueueTest {

  private static final JournalOptions HOURLY =
      JournalOptions.DEFAULT.withGroup(Duration.ofHours(1), 100).withMaxWaiting(100);

  @Test
  void urgentWorkTakesAlongWhatWaits() throws Exception {
    CommitQueue queue = new CommitQueue(HOURLY);
    Work first = work(1, Durability.WRITTEN);
    Work second = work(1, Durability.WRITTEN);
    Work third = work(1, Durability.SYNCED);

    queue.add(first);
    queue.add(second);
    queue.add(third);

    assertThat(queue.take()).containsExactly(first, second, third);
  }

  @Test
  void enoughWorkIsDueWithoutBeingUrgent() throws Exception {
    CommitQueue queue = new CommitQueue(HOURLY);
    queue.add(work(60, Durability.WRITTEN));
    queue.add(work(40, Durability.WRITTEN));

    assertThat(queue.take()).hasSize(2);
  }

  @Test
  void workIsDueWhenItsIntervalIsOver() throws Exception {
    CommitQueue queue = new CommitQueue(HOURLY.withGroup(Duration.ofNanos(1), 100));
    queue.add(work(1, Durability.WRITTEN));

    assertThat(queue.take()).hasSize(1);
  }

  // Durability.WRITTEN: at most the group interval, also when the writer was busy in between.
  @Test
  void whatWaitedWhileTheWriterWasBusyHasWaitedForThatLong() throws Exception {
    AtomicLong now = new AtomicLong(5);
    CommitQueue queue = new CommitQueue(HOURLY, now::get);
    queue.add(work(1, Durability.WRITTEN));
    now.addAndGet(Duration.ofMinutes(59).toNanos());
    queue.add(work(1, Durability.WRITTEN));
    now.addAndGet(Duration.ofMinutes(1).toNanos());

    assertThat(queue.take()).hasSize(2);
  }

  // The other side of the four above: the writer does wait, until something urgent comes.
  @Test
  void workThatIsNotDueIsNotTaken() throws Exception {
    CommitQueue queue = new CommitQueue(HOURLY);
    queue.add(work(99, Durability.WRITTEN));

    CompletableFuture<List<Work>> taken =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return queue.take();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(taken).isNotDone();
    queue.add(new FlushWork(new CompletableFuture<>()));

    assertThat(taken.get(30, TimeUnit.SECONDS)).hasSize(2);
  }

  @Test
  void whatIsTooMuchIsRefusedUntilTheWriterIsDone() throws Exception {
    CommitQueue queue = new CommitQueue(HOURLY);
    queue.add(work(70, Durability.SYNCED));
    queue.add(work(30, Durability.SYNCED));
    assertRefused(queue, JournalException.Reason.FULL, "100 observations");

    // Taken is not yet done: it still is in memory.
    queue.take();
    assertRefused(queue, JournalException.Reason.FULL, "busy");

    queue.close();
    queue.take();
    assertRefused(queue, JournalException.Reason.CLOSED, "closed");
  }

  @Test
  void roomIsFreeAgainWhenTheNextGroupIsTaken() throws Exception {
    CommitQueue queue = new CommitQueue(HOURLY);
    queue.add(work(99, Durability.SYNCED));
    queue.take();
    queue.add(new FlushWork(new CompletableFuture<>()));
    queue.take();

    queue.add(work(100, Durability.SYNCED));
    assertThat(queue.take()).hasSize(1);
  }

  // Else it could never be written at all.
  @Test
  void aloneWorkMayBeLargerThanTheBound() throws Exception {
    CommitQueue queue = new CommitQueue(HOURLY);
    queue.add(work(1_000, Durability.SYNCED));

    assertThat(queue.take()).hasSize(1);
  }

  @Test
  void aClosedQueueGivesOutWhatWaitsAndThenNothing() throws Exception {
    CommitQueue queue = new CommitQueue(HOURLY);
    queue.add(work(1, Durability.WRITTEN));
    queue.close();

    assertThat(queue.take()).hasSize(1);
    assertThat(queue.take()).isEmpty();
  }

  private static void assertRefused(
      CommitQueue queue, JournalException.Reason reason, String words) {
    assertThatThrownBy(() -> queue.add(work(1, Durability.SYNCED)))
        .isInstanceOfSatisfying(
            JournalException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining(words)
        .hasMessageContaining("othing of this was kept");
  }

  private static Work work(int observations, Durability durability) {
    return new AppendWork(
        new RandomWalk(1).next(observations), List.of(), durability, new CompletableFuture<>());
  }
}
