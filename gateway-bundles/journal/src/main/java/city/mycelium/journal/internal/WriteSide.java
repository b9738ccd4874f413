package city.mycelium.journal.internal;

import city.mycelium.api.journal.StateChange;
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
  private final MetaTable meta;
  private final CursorTable cursors;

  WriteSide(Connection connection) {
    statements = new Statements(connection);
    meta = new MetaTable(statements);
    cursors = new CursorTable(statements, meta);
  }

  MetaTable meta() {
    return meta;
  }

  CursorTable cursors() {
    return cursors;
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

  void insert(StoredBlock block) throws SQLException {
    // The columns by name: in a file that was migrated `kind` comes last.
    PreparedStatement insert =
        statements.of("INSERT INTO block (" + StoredBlock.COLUMNS + ") VALUES (?, ?, ?, ?, ?)");
    insert.setLong(1, block.first());
    insert.setLong(2, block.last());
    insert.setLong(3, block.receivedTo());
    insert.setInt(4, block.kind().number());
    insert.setBytes(5, block.payload());
    insert.executeUpdate();
  }

  /**
   * Puts what stays of a block in its place. Not with UPDATE, which leaves a page as empty as it
   * gets: only a DELETE makes SQLite join pages that are nearly empty.
   */
  void replace(StoredBlock block) throws SQLException {
    PreparedStatement delete = statements.of("DELETE FROM block WHERE first = ?");
    delete.setLong(1, block.first());
    delete.executeUpdate();
    insert(block);
  }

  void insertDatastream(int number, DatastreamId name) throws SQLException {
    PreparedStatement insert = statements.of("INSERT INTO datastream (number, name) VALUES (?, ?)");
    insert.setInt(1, number);
    insert.setString(2, name.value());
    insert.executeUpdate();
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
      put.setBytes(3, Sealed.seal(value, change.component(), change.key()));
      put.executeUpdate();
    }
  }

  /** How much of the file is empty and will be used before it grows. */
  long emptyBytes() throws SQLException {
    return number("PRAGMA freelist_count") * number("PRAGMA page_size");
  }

  /** How much of the file is in use. */
  long usedBytes() throws SQLException {
    return number("PRAGMA page_count") * number("PRAGMA page_size") - emptyBytes();
  }

  private long number(String query) throws SQLException {
    try (ResultSet row = statements.of(query).executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** What is done with one block after another. */
  interface BlockVisitor {
    /** Takes a block; false ends the visit. */
    boolean visit(StoredBlock block) throws SQLException;
  }

  /** The oldest blocks, in order; the visitor must not change the table. */
  void visitOldest(int limit, BlockVisitor visitor) throws SQLException {
    PreparedStatement select =
        statements.of("SELECT " + StoredBlock.COLUMNS + " FROM block ORDER BY first LIMIT ?");
    select.setInt(1, limit);
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next() && visitor.visit(StoredBlock.of(rows))) {
        // The visitor does it all.
      }
    }
  }

  /** Blocks of raw data of which everything lies behind one offset and not behind another. */
  List<StoredBlock> rawBetween(long after, long upTo, int limit) throws SQLException {
    PreparedStatement select =
        statements.of(
            "SELECT "
                + StoredBlock.COLUMNS
                + " FROM block WHERE first > ? AND first <= ? AND last <= ? AND kind = "
                + BlockKind.RAW.number()
                + " ORDER BY first LIMIT ?");
    select.setLong(1, after);
    select.setLong(2, upTo);
    select.setLong(3, upTo);
    select.setInt(4, limit);
    return blocks(select);
  }

  /** The gone blocks that hold offsets of this range. */
  List<StoredBlock> goneWithin(long first, long last) throws SQLException {
    PreparedStatement select =
        statements.of(
            "SELECT "
                + StoredBlock.COLUMNS
                + " FROM block WHERE first >= coalesce("
                + "(SELECT first FROM block WHERE first <= ? ORDER BY first DESC LIMIT 1), 0)"
                + " AND first <= ? AND kind = "
                + BlockKind.GONE.number()
                + " ORDER BY first");
    select.setLong(1, first);
    select.setLong(2, last);
    return blocks(select);
  }

  private static List<StoredBlock> blocks(PreparedStatement select) throws SQLException {
    List<StoredBlock> blocks = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        blocks.add(StoredBlock.of(rows));
      }
    }
    return blocks;
  }

  /** Removes every block up to the one that ends with this offset. */
  void removeBlocksTo(long offset) throws SQLException {
    PreparedStatement delete = statements.of("DELETE FROM block WHERE first <= ?");
    delete.setLong(1, offset);
    delete.executeUpdate();
    meta.put(MetaTable.REMOVED_TO, offset);
  }
}
