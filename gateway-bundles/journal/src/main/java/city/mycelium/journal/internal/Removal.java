package city.mycelium.journal.internal;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes blocks away, and tallies for every cursor what it will not get because of that. Within one
 * transaction; for the writer's thread alone.
 */
final class Removal {

  private static final Logger LOG = LoggerFactory.getLogger(Removal.class);

  private final WriteSide file;

  /** Which of the oldest blocks may go. */
  interface Condition {
    boolean allows(StoredBlock block);
  }

  Removal(WriteSide file) {
    this.file = file;
  }

  /**
   * Removes the oldest blocks, in order, up to the first that may not go. Cursors that stood before
   * their end move past it.
   *
   * @param limit so many blocks at most
   * @param why in the account of whoever had not got to them
   */
  Retained oldest(Condition condition, int limit, Loss why) throws SQLException {
    Front front = new Front(file.cursors().all(), file.meta().removedTo(), why);
    file.visitOldest(
        limit,
        block -> {
          boolean allowed = condition.allows(block);
          if (allowed) {
            front.take(block);
          }
          return allowed;
        });
    return front.remove();
  }

  /**
   * Removes a block from between others: its row says from now on whose Observations are missing.
   * Consumers that come past state their offsets as gone.
   *
   * @return how many Observations went; none if the block cannot be read, which then stays as it is
   */
  long between(StoredBlock block, Loss why) throws SQLException {
    int[] datastreams;
    try {
      datastreams = block.datastreams();
    } catch (DamagedBlockException e) {
      LOG.debug("offsets {} to {} are damaged and stay", block.first(), block.last(), e);
      return 0;
    }
    file.replace(
        new StoredBlock(
            block.first(),
            block.last(),
            block.receivedTo(),
            BlockKind.GONE,
            new GoneBlock(why, datastreams).encode()));
    return datastreams.length;
  }

  /** The oldest blocks, as they are being gathered. */
  private final class Front {

    private final List<CursorTable.Row> cursors;
    private final long begin;
    private final Loss why;
    private final Map<String, Sheet> lost = new HashMap<>();
    private Sheet removed = Sheet.EMPTY;
    private long end;

    Front(List<CursorTable.Row> cursors, long begin, Loss why) {
      this.cursors = cursors;
      this.begin = begin;
      this.why = why;
      end = begin;
    }

    void take(StoredBlock block) {
      Loss loss = why;
      int[] datastreams;
      try {
        datastreams = block.datastreams();
        if (block.kind() == BlockKind.GONE) {
          loss = GoneBlock.decode(block.payload()).why();
        }
      } catch (DamagedBlockException e) {
        // One bad block must not keep the disk full for ever.
        LOG.warn(
            "Offsets {} to {} are damaged ({}) and were removed with what is as old; nobody can"
                + " tell whose they were.",
            block.first(),
            block.last(),
            e.getMessage());
        loss = Loss.DAMAGED;
        datastreams = new int[Math.toIntExact(block.size())];
        Arrays.fill(datastreams, Dictionary.UNKNOWN);
      }
      removed = removed.plus(Sheet.lost(datastreams, 0, datastreams.length, loss));
      for (CursorTable.Row cursor : cursors) {
        if (cursor.position() < block.last()) {
          int from = (int) Math.max(0, cursor.position() + 1 - block.first());
          lost.merge(
              cursor.name(), Sheet.lost(datastreams, from, datastreams.length, loss), Sheet::plus);
        }
      }
      end = block.last();
    }

    Retained remove() throws SQLException {
      if (end == begin) {
        return Retained.NOTHING;
      }
      Map<String, Long> dropped = new TreeMap<>();
      for (CursorTable.Row cursor : cursors) {
        Sheet sheet = lost.get(cursor.name());
        if (sheet != null) {
          file.cursors().put(cursor.moved(end, sheet));
          dropped.put(cursor.name(), end - cursor.position());
        }
      }
      file.meta().put(MetaTable.REMOVED, file.meta().removed().plus(removed).toBytes());
      file.removeBlocksTo(end);
      return new Retained(end - begin, dropped);
    }
  }
}
