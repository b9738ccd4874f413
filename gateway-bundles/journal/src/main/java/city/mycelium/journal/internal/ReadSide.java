package city.mycelium.journal.internal;

import city.mycelium.api.journal.Cursor;
import city.mycelium.api.journal.StateStore;
import city.mycelium.api.observation.DatastreamId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every statement that only reads the data file, on a connection of its own: readers see what is
 * committed and never wait for the writer. For one thread at a time; each turn is one short
 * statement.
 */
final class ReadSide {

  private final Statements statements;

  /** A block as it is stored. */
  @SuppressWarnings("ArrayRecordComponent") // travels once, from the file to the codec
  record StoredBlock(long first, long last, byte[] payload) {}

  ReadSide(Connection connection) {
    statements = new Statements(connection);
  }

  /** A question failed: the next one begins afresh. */
  void renew() {
    statements.renew();
  }

  /**
   * The blocks that hold the first offsets of {@code after < offset <= upTo}, up to that many.
   *
   * @param upTo the last offset of a block
   */
  List<StoredBlock> blocks(long after, long upTo, int limit) throws SQLException {
    // Both ends by the primary key: the cost does not depend on what lies before or behind.
    PreparedStatement select =
        statements.of(
            "SELECT first, last, payload FROM block WHERE first >= coalesce("
                + "(SELECT first FROM block WHERE first <= ? ORDER BY first DESC LIMIT 1), 0)"
                + " AND first <= ? ORDER BY first");
    select.setLong(1, after + 1);
    select.setLong(2, upTo);
    List<StoredBlock> blocks = new ArrayList<>();
    long found = 0;
    try (ResultSet rows = select.executeQuery()) {
      while (found < limit && rows.next()) {
        long first = rows.getLong(1);
        long last = rows.getLong(2);
        blocks.add(new StoredBlock(first, last, rows.getBytes(3)));
        found += last - Math.max(first - 1, after);
      }
    }
    return blocks;
  }

  Cursor cursor(String name) throws SQLException {
    return Schema.cursor(statements, name);
  }

  List<Cursor> cursors() throws SQLException {
    return Schema.cursors(statements.of("SELECT * FROM cursor ORDER BY name"));
  }

  Optional<byte[]> state(String component, String key) throws SQLException {
    PreparedStatement select =
        statements.of("SELECT value FROM state WHERE component = ? AND key = ?");
    select.setString(1, component);
    select.setString(2, key);
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
    }
  }

  List<StateStore.Entry> scan(String component, String after, int limit) throws SQLException {
    PreparedStatement select =
        statements.of(
            "SELECT key, value FROM state WHERE component = ? AND key > ? ORDER BY key LIMIT ?");
    select.setString(1, component);
    select.setString(2, after);
    select.setInt(3, limit);
    List<StateStore.Entry> entries = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        entries.add(new StateStore.Entry(rows.getString(1), rows.getBytes(2)));
      }
    }
    return entries;
  }

  /** Fills a dictionary with what the file holds. */
  void readInto(Dictionary dictionary) throws SQLException {
    try (ResultSet rows = statements.of("SELECT number, name FROM datastream").executeQuery()) {
      while (rows.next()) {
        dictionary.add(rows.getInt(1), new DatastreamId(rows.getString(2)));
      }
    }
  }
}
