package city.mycelium.journal.internal;

import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.StateChange;
import city.mycelium.api.journal.StateStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The state table of the journal's file. Safe for use by many threads. */
final class SqliteStateStore implements StateStore {

  private final SqliteJournal journal;

  SqliteStateStore(SqliteJournal journal) {
    this.journal = journal;
  }

  @Override
  public Optional<byte[]> get(String component, String key) throws JournalException {
    return journal.query(file -> file.state(component, key));
  }

  @Override
  public List<Entry> scan(String component, String after, int limit) throws JournalException {
    return journal.query(file -> file.scan(component, after, limit));
  }

  @Override
  public CompletableFuture<Void> write(List<StateChange> changes) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    journal.submit(new StateWork(changes, done));
    return done;
  }
}
