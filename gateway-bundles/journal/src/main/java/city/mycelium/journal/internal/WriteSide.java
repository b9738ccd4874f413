package city.mycelium.journal.internal;

import city.mycelium.api.journal.Cursor;
import city.mycelium.api.journal.StateChange;
import city.mycelium.api.journal.Tally;
import city.mycelium.api.observation.DatastreamId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Every statement that changes the data file. For the writer's thread alone. After a failure {@link
 * #rollback} makes it usable again.
 */
final class WriteSide {

  private final Statements statements;

  /** The last offset of a block, and the latest receivedAt in it. */
  record Extent(long last, long receivedTo) {}

  WriteSide(Connection connection) {
    statements = new Statements(connection);
  }

  void begin() throws SQLException {
    statements.of("BEGIN IMMEDIATE").execute();
  }

  /** Returns when the transaction is on the medium. */
  void commit() throws SQLException {
    statements.of("COMMIT").execute();
  }

  /** Undoes the transaction; does nothing if SQLite has already undone it. */
  void rollback() {
    statements.renew();
    try {
      statements.of("ROLLBACK").execute();
    } catch (SQLException e) {
      // A full disk or a failing one makes SQLite roll back by itself, and then there is nothing
      // to roll back (SQLite, "Response To Errors Within A Transaction").
      statements.renew();
    }
  }

  void insertBlock(long first, long last, long receivedTo, byte[] payload) throws SQLException {
    PreparedStatement insert = statements.of("INSERT INTO block VALUES (?, ?, ?, ?)");
    insert.setLong(1, first);
    insert.setLong(2, last);
    insert.setLong(3, receivedTo);
    insert.setBytes(4, payload);
    insert.executeUpdate();
  }

  void insertDatastream(int number, DatastreamId name) throws SQLException {
    PreparedStatement insert = statements.of("INSERT INTO datastream VALUES (?, ?)");
    insert.setInt(1, number);
    insert.setString(2, name.value());
    insert.executeUpdate();
  }

  Cursor cursor(String name) throws SQLException {
    return Schema.cursor(statements, name);
  }

  List<Cursor> cursorsBefore(long position) throws SQLException {
    PreparedStatement select =
        statements.of("SELECT * FROM cursor WHERE position < ? ORDER BY name");
    select.setLong(1, position);
    return Schema.cursors(select);
  }

  void put(Cursor cursor) throws SQLException {
    Tally tally = cursor.tally();
    PreparedStatement put = statements.of("REPLACE INTO cursor VALUES (?, ?, ?, ?, ?, ?)");
    put.setString(1, cursor.name());
    put.setLong(2, cursor.position());
    put.setLong(3, tally.delivered());
    put.setLong(4, tally.withheld());
    put.setLong(5, tally.unselected());
    put.setLong(6, tally.dropped());
    put.executeUpdate();
  }

  void apply(StateChange change) throws SQLException {
    byte[] value = change.value();
    if (value == null) {
      PreparedStatement remove = statements.of("DELETE FROM state WHERE component = ? AND key = ?");
      remove.setString(1, change.component());
      remove.setString(2, change.key());
      remove.executeUpdate();
    } else {
      PreparedStatement put = statements.of("REPLACE INTO state VALUES (?, ?, ?)");
      put.setString(1, change.component());
      put.setString(2, change.key());
      put.setBytes(3, value);
      put.executeUpdate();
    }
  }

  /** How much of the file is empty and will be used before it grows. */
  long emptyBytes() throws SQLException {
    return number("PRAGMA freelist_count") * number("PRAGMA page_size");
  }

  private long number(String query) throws SQLException {
    try (ResultSet row = statements.of(query).executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** The oldest blocks, in order. */
  List<Extent> oldestBlocks(int limit) throws SQLException {
    PreparedStatement select =
        statements.of("SELECT last, received_to FROM block ORDER BY first LIMIT ?");
    select.setInt(1, limit);
    List<Extent> extents = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        extents.add(new Extent(rows.getLong(1), rows.getLong(2)));
      }
    }
    return extents;
  }

  /**
   * Removes every block up to the one that ends with this offset.
   *
   * @return how many observations went with them
   */
  long removeBlocksTo(long offset) throws SQLException {
    long removedTo = Schema.removedTo(statements);
    PreparedStatement delete = statements.of("DELETE FROM block WHERE first <= ?");
    delete.setLong(1, offset);
    delete.executeUpdate();
    PreparedStatement put = statements.of("UPDATE meta SET value = ? WHERE key = ?");
    put.setLong(1, offset);
    put.setString(2, Schema.REMOVED_TO);
    put.executeUpdate();
    return offset - removedTo;
  }
}
