package city.mycelium.pipeline.internal;

import city.mycelium.api.journal.Accounts;
import city.mycelium.api.journal.Advance;
import city.mycelium.api.journal.Cursor;
import city.mycelium.api.journal.Draft;
import city.mycelium.api.journal.Durability;
import city.mycelium.api.journal.Journal;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.Predecessor;
import city.mycelium.api.journal.Receipt;
import city.mycelium.api.journal.StateChange;
import city.mycelium.api.journal.StateStore;
import city.mycelium.api.observation.GatewayId;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.time.Cancellable;
import city.mycelium.testkit.InMemoryJournal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * An {@link InMemoryJournal} that, while it is held up, keeps appends waiting until the test lets
 * them through: as a real journal does on another thread.
 */
final class SlowJournal implements Journal {

  private final InMemoryJournal journal;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private final List<Durability> asked = new ArrayList<>();
  private boolean heldUp;
  private int appendsToDeath = Integer.MAX_VALUE;
  private boolean writtenAtDeath;

  SlowJournal(InMemoryJournal journal) {
    this.journal = journal;
  }

  void holdUp() {
    heldUp = true;
  }

  /** Holds up no further appends; those that wait go on waiting. */
  void holdUpNoMore() {
    heldUp = false;
  }

  /** Lets the oldest append that waits through. */
  void letOneThrough() {
    waiting.remove().run();
  }

  /** Lets all that wait through, and does not hold up any longer. */
  void letThrough() {
    heldUp = false;
    while (!waiting.isEmpty()) {
      letOneThrough();
    }
  }

  int waiting() {
    return waiting.size();
  }

  /**
   * The gateway dies in an append: whoever makes it never hears of it again.
   *
   * @param appends that go well before that
   * @param written whether it is on the medium all the same
   */
  void dieAt(int appends, boolean written) {
    appendsToDeath = appends;
    writtenAtDeath = written;
  }

  /** The gateway has died. */
  static final class Death extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** How durable every append was asked to be, in order. */
  List<Durability> asked() {
    return List.copyOf(asked);
  }

  @Override
  public CompletableFuture<Receipt> append(
      List<Draft> drafts, List<StateChange> changes, Durability durability) {
    asked.add(durability);
    if (appendsToDeath-- == 0) {
      if (writtenAtDeath) {
        journal.append(drafts, changes, durability);
      }
      throw new Death();
    }
    if (!heldUp) {
      return journal.append(drafts, changes, durability);
    }
    CompletableFuture<Receipt> receipt = new CompletableFuture<>();
    waiting.add(
        () ->
            journal
                .append(drafts, changes, durability)
                .whenComplete(
                    (done, failure) -> {
                      if (failure == null) {
                        receipt.complete(done);
                      } else {
                        receipt.completeExceptionally(failure);
                      }
                    }));
    return receipt;
  }

  @Override
  public GatewayId gateway() {
    return journal.gateway();
  }

  @Override
  public long epoch() {
    return journal.epoch();
  }

  @Override
  public List<Predecessor> predecessors() {
    return journal.predecessors();
  }

  @Override
  public Accounts accounts() {
    return journal.accounts();
  }

  @Override
  public long offsetBefore(long receivedAt) {
    return journal.offsetBefore(receivedAt);
  }

  @Override
  public List<Observation> read(long after, int limit) {
    return journal.read(after, limit);
  }

  @Override
  public long lastOffset() {
    return journal.lastOffset();
  }

  @Override
  public Cursor cursor(String name) throws JournalException {
    return journal.cursor(name);
  }

  @Override
  public List<Cursor> cursors() {
    return journal.cursors();
  }

  @Override
  public CompletableFuture<Receipt> advance(Advance step) {
    return journal.advance(step);
  }

  @Override
  public StateStore state() {
    return journal.state();
  }

  @Override
  public Cancellable onAppend(Runnable listener) {
    return journal.onAppend(listener);
  }
}
