package city.mycelium.journal.internal;

import city.mycelium.api.journal.Draft;
import city.mycelium.api.journal.Durability;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.Receipt;
import city.mycelium.api.journal.StateChange;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Drafts to be appended and state to be written. */
record AppendWork(
    List<Draft> drafts,
    List<StateChange> changes,
    Durability durability,
    CompletableFuture<Receipt> receipt)
    implements Work {

  AppendWork {
    drafts = List.copyOf(drafts);
    changes = List.copyOf(changes);
  }

  @Override
  public int weight() {
    return drafts.size() + changes.size();
  }

  @Override
  public boolean urgent() {
    return durability == Durability.SYNCED;
  }

  @Override
  public Runnable apply(Transaction transaction) throws SQLException {
    Optional<String> refusal = drafts.isEmpty() ? Optional.empty() : transaction.refusal();
    if (refusal.isPresent()) {
      JournalException full =
          new JournalException(
              JournalException.Reason.FULL,
              refusal.get() + " Nothing of this was kept; send it again then.");
      return () -> fail(full);
    }
    transaction.write(changes);
    Receipt proof = transaction.append(drafts, BlockKind.RAW);
    return () -> receipt.complete(proof);
  }

  @Override
  public void fail(JournalException why) {
    receipt.completeExceptionally(why);
  }
}
