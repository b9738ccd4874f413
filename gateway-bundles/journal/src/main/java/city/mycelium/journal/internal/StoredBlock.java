package city.mycelium.journal.internal;

import city.mycelium.api.journal.Draft;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

/**
 * A block as it stands in the file.
 *
 * @param first its first offset
 * @param last its last offset
 * @param receivedTo the latest receivedAt in it, UTC epoch milliseconds
 */
@SuppressWarnings("ArrayRecordComponent") // travels once, from the file to the codec
record StoredBlock(long first, long last, long receivedTo, BlockKind kind, byte[] payload) {

  /** What {@link #of} reads, in its order. */
  static final String COLUMNS = "first, last, received_to, kind, payload";

  private static final byte[] NOTHING = {};

  static StoredBlock of(ResultSet row) throws SQLException {
    return new StoredBlock(
        row.getLong(1),
        row.getLong(2),
        row.getLong(3),
        BlockKind.of(row.getInt(4)),
        // A column that has become NULL: its checksum will not fit.
        Objects.requireNonNullElse(row.getBytes(5), NOTHING));
  }

  long size() {
    return last - first + 1;
  }

  /** What is in it; not for a block that is gone. */
  List<Draft> drafts(DatastreamNames names) throws DamagedBlockException {
    List<Draft> drafts = BlockCodec.decode(payload, names);
    checkSize(drafts.size());
    return drafts;
  }

  /** The number of the Datastream of each of its offsets; cheaper than all that is in it. */
  int[] datastreams() throws DamagedBlockException {
    int[] numbers =
        kind == BlockKind.GONE
            ? GoneBlock.decode(payload).datastreams()
            : BlockCodec.datastreams(payload);
    checkSize(numbers.length);
    return numbers;
  }

  private void checkSize(int found) throws DamagedBlockException {
    if (found != size()) {
      throw new DamagedBlockException("it holds " + found + " observations");
    }
  }
}
