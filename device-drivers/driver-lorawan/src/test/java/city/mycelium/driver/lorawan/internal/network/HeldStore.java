package city.mycelium.driver.lorawan.internal.network;

import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.StateChange;
import city.mycelium.api.journal.StateStore;
import city.mycelium.testkit.InMemoryJournal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A store whose writes are synced when the test says so; what is not yet synced is lost when the
 * gateway dies. For one thread.
 */
final class HeldStore implements StateStore {

  private final StateStore synced = new InMemoryJournal().state();
  private final Deque<Runnable> waiting = new ArrayDeque<>();

  /** Every write so far. */
  final List<List<StateChange>> writes = new ArrayList<>();

  boolean isHeld;

  /** From now on writes fail. */
  boolean isBroken;

  /** Reads fail. */
  boolean isUnreadable;

  @Override
  public Optional<byte[]> get(String component, String key) throws JournalException {
    return synced.get(component, key);
  }

  @Override
  public List<Entry> scan(String component, String after, int limit) throws JournalException {
    if (isUnreadable) {
      throw new JournalException(JournalException.Reason.STORAGE, "the test says so");
    }
    return synced.scan(component, after, limit);
  }

  @Override
  public CompletableFuture<Void> write(List<StateChange> changes) {
    writes.add(changes);
    CompletableFuture<Void> done = new CompletableFuture<>();
    if (isBroken) {
      done.completeExceptionally(
          new JournalException(JournalException.Reason.FULL, "the test says so"));
    } else if (isHeld) {
      waiting.add(() -> commit(changes, done));
    } else {
      commit(changes, done);
    }
    return done;
  }

  private void commit(List<StateChange> changes, CompletableFuture<Void> done) {
    synced.write(changes).thenAccept(done::complete);
  }

  /** All that waits is synced. */
  void sync() {
    while (!waiting.isEmpty()) {
      waiting.removeFirst().run();
    }
  }

  /** Power is cut: what was not synced never was. */
  void lose() {
    waiting.clear();
  }
}
