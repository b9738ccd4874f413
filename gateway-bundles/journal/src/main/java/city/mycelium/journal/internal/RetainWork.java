package city.mycelium.journal.internal;

import city.mycelium.api.journal.JournalException;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Removes the oldest blocks while everything in them was received before a time. A block that is
 * younger ends it, even if older ones follow: a clock that stood wrong for a while must not take
 * away what is not yet due. A long run is cut into several commits, so that appends wait for no
 * more than one.
 *
 * @param olderThan UTC epoch milliseconds
 * @param before what the commits before this one took
 * @param again takes what is left to do
 */
record RetainWork(
    long olderThan, Retained before, CompletableFuture<Retained> done, Consumer<Work> again)
    implements Work {

  /** So many blocks go in one commit at most. */
  static final int BLOCKS_PER_COMMIT = 1_000;

  @Override
  public int weight() {
    return 0;
  }

  @Override
  public boolean urgent() {
    return true;
  }

  @Override
  public Runnable apply(Transaction transaction) throws SQLException {
    Retained now =
        transaction
            .removal()
            .oldest(block -> block.receivedTo() < olderThan, BLOCKS_PER_COMMIT, Loss.EXPIRED);
    Retained all = before.plus(now);
    return now.observations() == 0
        ? () -> done.complete(all)
        : () -> again.accept(new RetainWork(olderThan, all, done, again));
  }

  @Override
  public void fail(JournalException why) {
    done.completeExceptionally(why);
  }
}
