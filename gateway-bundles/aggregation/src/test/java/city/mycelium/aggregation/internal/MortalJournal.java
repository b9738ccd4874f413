package city.mycelium.aggregation.internal;

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
import java.io.Serial;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A journal whose gateway dies at a given moment: before a consumer has what it asks for, or after
 * it has committed. What was committed by then stays in the journal behind it. To look in vain for
 * news is no moment: nothing changes by it.
 */
final class MortalJournal implements Journal {

  /** The process is gone: not an Exception, so that nobody can catch it and go on. */
  static final class Death extends Error {
    @Serial private static final long serialVersionUID = 1L;
  }

  private final Journal journal;
  private long momentsToLive;

  MortalJournal(Journal journal, long momentsToLive) {
    this.journal = journal;
    this.momentsToLive = momentsToLive;
  }

  private void moment() {
    if (momentsToLive-- <= 0) {
      throw new Death();
    }
  }

  @Override
  public CompletableFuture<Receipt> advance(Advance step) {
    moment();
    CompletableFuture<Receipt> receipt = journal.advance(step);
    moment(); // committed, but nobody has heard of it
    return receipt;
  }

  @Override
  public List<Observation> read(long after, int limit) throws JournalException {
    List<Observation> news = journal.read(after, limit);
    if (!news.isEmpty()) {
      moment();
    }
    return news;
  }

  @Override
  public Cursor cursor(String name) throws JournalException {
    moment();
    return journal.cursor(name);
  }

  @Override
  public StateStore state() {
    StateStore state = journal.state();
    return new StateStore() {
      @Override
      public Optional<byte[]> get(String component, String key) throws JournalException {
        moment();
        return state.get(component, key);
      }

      @Override
      public List<Entry> scan(String component, String after, int limit) throws JournalException {
        moment();
        return state.scan(component, after, limit);
      }

      @Override
      public CompletableFuture<Void> write(List<StateChange> changes) {
        moment();
        return state.write(changes);
      }
    };
  }

  @Override
  public CompletableFuture<Receipt> append(
      List<Draft> drafts, List<StateChange> changes, Durability durability) {
    moment();
    return journal.append(drafts, changes, durability);
  }

  @Override
  public Accounts accounts() throws JournalException {
    return journal.accounts();
  }

  @Override
  public long offsetBefore(long receivedAt) throws JournalException {
    return journal.offsetBefore(receivedAt);
  }

  @Override
  public List<Predecessor> predecessors() {
    return journal.predecessors();
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
  public long lastOffset() {
    return journal.lastOffset();
  }

  @Override
  public List<Cursor> cursors() throws JournalException {
    return journal.cursors();
  }

  @Override
  public Cancellable onAppend(Runnable listener) {
    return journal.onAppend(listener);
  }
}
