package city.mycelium.testkit;

import city.mycelium.api.driver.Acceptance;
import city.mycelium.api.driver.Intake;
import city.mycelium.api.driver.IntakeException;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.driver.Urgency;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A gateway that keeps what drivers of polled devices give it, or cannot, as the test wants. Safe
 * for use by many threads.
 */
public final class RecordingIntake implements Intake {

  private final List<List<Reading>> kept = new ArrayList<>();
  private int submissions;
  private boolean full;
  private boolean refusing;
  private boolean slow;
  private final List<CompletableFuture<Acceptance>> unanswered = new ArrayList<>();

  @Override
  public synchronized CompletableFuture<Acceptance> submit(
      List<Reading> readings, Urgency urgency) {
    submissions++;
    if (urgency != Urgency.POLLED) {
      throw new IllegalArgumentException("nobody waits for the answer to a device that is polled");
    }
    if (full) {
      return CompletableFuture.failedFuture(
          new IntakeException(IntakeException.Reason.STORAGE, "the disk is full"));
    }
    if (refusing) {
      return CompletableFuture.completedFuture(
          new Acceptance(0, 0, 0, List.of(new Acceptance.Refusal(0, "too many unknown devices"))));
    }
    kept.add(List.copyOf(readings));
    if (slow) {
      CompletableFuture<Acceptance> later = new CompletableFuture<>();
      unanswered.add(later);
      return later;
    }
    return CompletableFuture.completedFuture(new Acceptance(readings.size(), 0, 0, List.of()));
  }

  public synchronized void full(boolean isFull) {
    full = isFull;
  }

  public synchronized void refusing(boolean isRefusing) {
    refusing = isRefusing;
  }

  /** From now on keeps, but does not answer. */
  public synchronized void slow() {
    slow = true;
  }

  public synchronized void answer() {
    slow = false;
    unanswered.forEach(a -> a.complete(new Acceptance(1, 0, 0, List.of())));
    unanswered.clear();
  }

  /** What was kept and not answered got lost after all. */
  public synchronized void fail() {
    slow = false;
    unanswered.forEach(
        a ->
            a.completeExceptionally(
                new IntakeException(IntakeException.Reason.STORAGE, "the disk is full")));
    unanswered.clear();
  }

  public synchronized int submissions() {
    return submissions;
  }

  /** What is kept, submission by submission. */
  public synchronized List<List<Reading>> kept() {
    return List.copyOf(kept);
  }

  /** What is kept, flat. */
  public synchronized List<Reading> readings() {
    return kept.stream().flatMap(List::stream).toList();
  }
}
