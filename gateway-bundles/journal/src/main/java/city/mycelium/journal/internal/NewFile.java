package city.mycelium.journal.internal;

import city.mycelium.api.journal.StateChange;
import city.mycelium.api.observation.DatastreamId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/**
 * A data file in the making, in as many commits as it takes: nobody looks at it before it is whole.
 * For one thread.
 */
final class NewFile implements AutoCloseable {

  /** So much is written before it is committed. */
  private static final int ROWS_PER_COMMIT = 1_000;

  private final Connection connection;
  private final WriteSide side;
  private int rows;

  NewFile(Path file, JournalOptions options, Origin origin) throws SQLException {
    connection = Schema.openToWrite(file, options);
    Schema.create(connection, origin);
    side = new WriteSide(connection);
    side.begin();
  }

  void names(Dictionary names) throws SQLException {
    for (Map.Entry<Integer, DatastreamId> name : names.all().entrySet()) {
      side.insertDatastream(name.getKey(), name.getValue());
      written();
    }
    side.meta().put(MetaTable.NAMES, NameList.toBytes(names.all()));
  }

  void block(StoredBlock block) throws SQLException {
    side.insert(block);
    written();
  }

  void cursor(CursorTable.Row row) throws SQLException {
    side.cursors()
        .put(new CursorTable.Row(0, row.name(), row.position(), row.tally(), row.recent()));
    written();
  }

  void state(StateChange change) throws SQLException {
    side.apply(change);
    written();
  }

  void origin(Origin origin) throws SQLException {
    side.meta().put(origin);
  }

  /** By when what comes before an offset was received; 0 if nothing comes before. */
  long receivedBefore(long first) throws SQLException {
    return received(
        "SELECT received_to FROM block WHERE first < " + first + " ORDER BY first DESC");
  }

  /** By when what comes after an offset was received; 0 if nothing comes after. */
  long receivedAfter(long last) throws SQLException {
    return received("SELECT received_to FROM block WHERE first > " + last + " ORDER BY first");
  }

  private long received(String select) throws SQLException {
    return Schema.number(connection, "SELECT ifnull((" + select + " LIMIT 1), 0)");
  }

  void sums(long removedTo, Sheet removed, AcceptedCounts accepted) throws SQLException {
    side.meta().put(MetaTable.REMOVED_TO, removedTo);
    side.meta().put(MetaTable.REMOVED, removed.toBytes());
    side.meta().put(MetaTable.ACCEPTED, accepted.toBytes());
  }

  private void written() throws SQLException {
    if (++rows % ROWS_PER_COMMIT == 0) {
      side.commit();
      side.begin();
    }
  }

  void finish() throws SQLException {
    side.commit();
  }

  /** Leaves no log behind: the last connection takes it into the file. */
  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
