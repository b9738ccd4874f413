package city.mycelium.journal.internal;

import city.mycelium.api.journal.Draft;
import city.mycelium.api.journal.Receipt;
import city.mycelium.api.journal.StateChange;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.OffsetRange;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * One commit in the making. Observations of all who share it are gathered and written as blocks at
 * its end. For the writer's thread alone.
 */
final class Transaction {

  private final WriteSide file;
  private final Room room;
  private final Dictionary dictionary;
  private final long epoch;
  private final long lastBefore;
  private final List<Draft> drafts = new ArrayList<>();

  Transaction(WriteSide file, Room room, Dictionary dictionary, long epoch, long lastBefore) {
    this.file = file;
    this.room = room;
    this.dictionary = dictionary;
    this.epoch = epoch;
    this.lastBefore = lastBefore;
  }

  WriteSide file() {
    return file;
  }

  Room room() {
    return room;
  }

  /** The last offset as it will be after the commit. */
  long lastOffset() {
    return lastBefore + drafts.size();
  }

  /** Gives offsets to the drafts, and the receipt that is true once the commit is done. */
  Receipt append(List<Draft> more) {
    if (more.isEmpty()) {
      return new Receipt(epoch, null);
    }
    long first = lastOffset() + 1;
    drafts.addAll(more);
    return new Receipt(epoch, new OffsetRange(first, lastOffset()));
  }

  void write(List<StateChange> changes) throws SQLException {
    for (StateChange change : changes) {
      file.apply(change);
    }
  }

  /** Writes what was gathered; the commit itself is the caller's. */
  void finish() throws SQLException {
    for (int from = 0; from < drafts.size(); from += BlockCodec.MAX_OBSERVATIONS) {
      int to = Math.min(drafts.size(), from + BlockCodec.MAX_OBSERVATIONS);
      List<Draft> block = drafts.subList(from, to);
      long receivedTo = block.stream().mapToLong(Draft::receivedAt).max().orElseThrow();
      file.insertBlock(
          lastBefore + from + 1,
          lastBefore + to,
          receivedTo,
          BlockCodec.encode(block, dictionary::numberOf));
    }
    for (DatastreamId name : dictionary.fresh()) {
      file.insertDatastream(dictionary.numberOf(name), name);
    }
  }
}
