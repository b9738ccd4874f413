package city.mycelium.journal.internal;

import city.mycelium.api.journal.Cursor;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.Tally;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    List<WriteSide.Extent> due =
        transaction.file().oldestBlocks(BLOCKS_PER_COMMIT).stream()
            .takeWhile(block -> block.receivedTo() < olderThan)
            .toList();
    if (due.isEmpty()) {
      return () -> done.complete(before);
    }
    Retained all = before.plus(remove(due.get(due.size() - 1).last(), transaction.file()));
    return due.size() < BLOCKS_PER_COMMIT
        ? () -> done.complete(all)
        : () -> again.accept(new RetainWork(olderThan, all, done, again));
  }

  private static Retained remove(long to, WriteSide file) throws SQLException {
    Map<String, Long> dropped = new HashMap<>();
    for (Cursor cursor : file.cursorsBefore(to)) {
      long skipped = to - cursor.position();
      file.put(new Cursor(cursor.name(), to, cursor.tally().plus(new Tally(0, 0, 0, skipped))));
      dropped.put(cursor.name(), skipped);
    }
    return new Retained(file.removeBlocksTo(to), dropped);
  }

  @Override
  public void fail(JournalException why) {
    done.completeExceptionally(why);
  }
}
