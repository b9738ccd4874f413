package city.mycelium.driver.serial.internal;

import city.mycelium.api.driver.Acceptance;
import city.mycelium.api.driver.Intake;
import city.mycelium.api.driver.IntakeException;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.driver.Urgency;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A gateway that keeps what it is given, or cannot, as the test wants. Safe for many threads. */
final class RecordingIntake implements Intake {

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
      throw new IllegalArgumentException("nobody waits for a serial device's readings");
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

  synchronized void full(boolean isFull) {
    full = isFull;
  }

  synchronized void refusing(boolean isRefusing) {
    refusing = isRefusing;
  }

  /** From now on keeps, but does not answer. */
  synchronized void slow() {
    slow = true;
  }

  synchronized void answer() {
    slow = false;
    unanswered.forEach(a -> a.complete(new Acceptance(1, 0, 0, List.of())));
    unanswered.clear();
  }

  /** What was kept and not answered got lost after all. */
  synchronized void fail() {
    slow = false;
    unanswered.forEach(
        a ->
            a.completeExceptionally(
                new IntakeException(IntakeException.Reason.STORAGE, "the disk is full")));
    unanswered.clear();
  }

  synchronized int submissions() {
    return submissions;
  }

  /** What is kept, submission by submission. */
  synchronized List<List<Reading>> kept() {
    return List.copyOf(kept);
  }

  /** What is kept, flat. */
  synchronized List<Reading> readings() {
    return kept.stream().flatMap(List::stream).toList();
  }
}
