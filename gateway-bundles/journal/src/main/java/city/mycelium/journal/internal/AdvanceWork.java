package city.mycelium.journal.internal;

import city.mycelium.api.journal.Advance;
import city.mycelium.api.journal.Cursor;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.Receipt;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

/** A consumer's step; done only if its cursor still is where the consumer believes it to be. */
record AdvanceWork(Advance step, CompletableFuture<Receipt> receipt) implements Work {

  @Override
  public int weight() {
    return 1 + step.derived().size() + step.changes().size();
  }

  @Override
  public boolean urgent() {
    return true;
  }

  @Override
  public Runnable apply(Transaction transaction) throws SQLException {
    Cursor cursor = transaction.file().cursor(step.cursor());
    if (cursor.position() != step.from()) {
      JournalException conflict =
          new JournalException(
              JournalException.Reason.CONFLICT,
              "Cursor "
                  + step.cursor()
                  + " is at "
                  + cursor.position()
                  + " and not at "
                  + step.from()
                  + ": somebody else moved it, or retention did. Nothing of this step was kept;"
                  + " read the cursor and go on from there.");
      return () -> fail(conflict);
    }
    transaction.file().put(new Cursor(step.cursor(), step.to(), cursor.tally().plus(step.tally())));
    transaction.write(step.changes());
    Receipt proof = transaction.append(step.derived());
    return () -> receipt.complete(proof);
  }

  @Override
  public void fail(JournalException why) {
    receipt.completeExceptionally(why);
  }
}
