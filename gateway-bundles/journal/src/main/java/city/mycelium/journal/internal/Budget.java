package city.mycelium.journal.internal;

import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the data within a number of bytes, judged by the pages in use, for a file never shrinks.
 * When they are reached, goes by DESIGN 4: first what every Destination has acknowledged, then raw
 * data that is already summed up, then the oldest. A little more than needed goes at a time, so
 * that it is not done for every commit. For the writer's thread alone.
 *
 * <p>Whose acknowledgements count: the cursors named {@code destination/…}, and {@code
 * aggregation}, which has to have read a thing before it may go for nothing. A Destination counts
 * from its first step on, be it a step of nothing.
 */
final class Budget {

  static final String AGGREGATION = "aggregation";
  static final String DESTINATION_PREFIX = "destination/";

  private static final Logger LOG = LoggerFactory.getLogger(Budget.class);

  /** So many blocks go before the room is looked at again. */
  private static final int SLICE_BLOCKS = 32;

  /** So many slices in one commit at most: who waits for it waits no longer than for that. */
  private static final int SLICES_PER_COMMIT = 32;

  private final long bytes;

  /** Behind it no block is worth a look in the middle step; only ever too small. */
  private long summedUpTo;

  /** What had to go last, so that only a change is logged. */
  private String went = "";

  /**
   * A budget.
   *
   * @param bytes 0 for none
   */
  Budget(long bytes) {
    this.bytes = bytes;
  }

  /** Whether there is room for more, made or not. */
  boolean makeRoom(Transaction transaction) throws SQLException {
    WriteSide file = transaction.file();
    if (bytes == 0 || file.usedBytes() < bytes) {
      return true;
    }
    long target = bytes - bytes / 32;
    for (int i = 0; i < SLICES_PER_COMMIT && file.usedBytes() > target; i++) {
      if (!removeSlice(transaction)) {
        return file.usedBytes() < bytes;
      }
    }
    // What is left to do is done with the next commits.
    return true;
  }

  /** The transaction was undone, and with it what this one removed. */
  void forget() {
    summedUpTo = 0;
  }

  String inWords() {
    return "The journal has used up its "
        + bytes / 1_000_000
        + " MB, and there is nothing left that could be removed. Raise budgetMegabytes.";
  }

  private boolean removeSlice(Transaction transaction) throws SQLException {
    Removal removal = transaction.removal();
    WriteSide file = transaction.file();
    List<CursorTable.Row> cursors = file.cursors().all();
    long acknowledged = acknowledged(cursors);
    if (removal
            .oldest(block -> block.last() <= acknowledged, SLICE_BLOCKS, Loss.CROWDED_OUT)
            .observations()
        > 0) {
      say("what everybody has");
      return true;
    }
    if (removeSummedUp(file, removal, cursors)) {
      say("raw data that is summed up and not yet sent; its aggregates stay");
      return true;
    }
    if (removal.oldest(block -> true, SLICE_BLOCKS, Loss.CROWDED_OUT).observations() > 0) {
      say("the oldest, sent or not");
      return true;
    }
    return false;
  }

  private static long acknowledged(List<CursorTable.Row> cursors) {
    return cursors.stream()
        .filter(c -> c.name().startsWith(DESTINATION_PREFIX) || c.name().equals(AGGREGATION))
        .mapToLong(CursorTable.Row::position)
        .min()
        .orElse(0);
  }

  private boolean removeSummedUp(WriteSide file, Removal removal, List<CursorTable.Row> cursors)
      throws SQLException {
    long summedUp =
        cursors.stream()
            .filter(c -> c.name().equals(AGGREGATION))
            .mapToLong(CursorTable.Row::position)
            .findFirst()
            .orElse(0);
    long removed = 0;
    long after = Math.max(summedUpTo, file.meta().removedTo());
    boolean nothingStays = true;
    while (removed == 0) {
      List<StoredBlock> blocks = file.rawBetween(after, summedUp, SLICE_BLOCKS);
      if (blocks.isEmpty()) {
        return false;
      }
      for (StoredBlock block : blocks) {
        // A consumer that stands inside has read a part of it, and would be told twice.
        boolean stoodIn =
            cursors.stream()
                .anyMatch(c -> block.first() <= c.position() && c.position() < block.last());
        long gone = stoodIn ? 0 : removal.between(block, Loss.CROWDED_OUT);
        removed += gone;
        after = block.first();
        nothingStays &= gone > 0;
        if (nothingStays) {
          summedUpTo = after;
        }
      }
    }
    return true;
  }

  private void say(String what) {
    if (!went.equals(what)) {
      went = what;
      LOG.warn(
          "The journal has reached its budget of {} MB. To go on it removes {}; every loss is"
              + " counted as crowded out in the ledger.",
          bytes / 1_000_000,
          what);
    }
  }
}
