package city.mycelium.journal.internal;

import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.StateChange;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** State to be written and nothing else. */
record StateWork(List<StateChange> changes, CompletableFuture<Void> done) implements Work {

  StateWork {
    changes = List.copyOf(changes);
  }

  @Override
  public int weight() {
    return changes.size();
  }

  @Override
  public boolean urgent() {
    return true;
  }

  @Override
  public Runnable apply(Transaction transaction) throws SQLException {
    transaction.write(changes);
    return () -> done.complete(null);
  }

  @Override
  public void fail(JournalException why) {
    done.completeExceptionally(why);
  }
}
