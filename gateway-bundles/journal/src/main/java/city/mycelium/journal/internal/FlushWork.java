package city.mycelium.journal.internal;

import city.mycelium.api.journal.JournalException;
import java.util.concurrent.CompletableFuture;

/** Nothing but the wish that all that waits be committed now. */
record FlushWork(CompletableFuture<Void> done) implements Work {

  @Override
  public int weight() {
    return 0;
  }

  @Override
  public boolean urgent() {
    return true;
  }

  @Override
  public Runnable apply(Transaction transaction) {
    return () -> done.complete(null);
  }

  @Override
  public void fail(JournalException why) {
    done.completeExceptionally(why);
  }
}
