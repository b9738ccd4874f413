package city.mycelium.journal.internal;

import city.mycelium.api.journal.Cursor;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.JournalException.Reason;
import city.mycelium.api.journal.Predecessor;
import city.mycelium.api.journal.Tally;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.GatewayId;
import city.mycelium.api.observation.Identity;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a file of layout 1 to layout 2, all or nothing, in place: not one block is rewritten.
 *
 * <p>Layout 1 knew for each cursor how many Observations were delivered, withheld, unselected and
 * dropped, but not of which Datastream. Whose they were is counted from the blocks that are still
 * there; what was removed before belongs to {@link Dictionary#UNKNOWN_NAME}. Every drop becomes
 * <em>expired</em>, the only reason that layout 1 had. A cursor's totals are kept as they were, and
 * per Datastream the sum is exact; where a cursor had more than one outcome, which Datastream had
 * which is not recorded, and they are laid over the Datastreams in the order in which they were
 * first met.
 */
final class Migration {

  private static final Logger LOG = LoggerFactory.getLogger(Migration.class);

  private final Connection connection;

  private Migration(Connection connection) {
    this.connection = connection;
  }

  static void run(Connection connection, Path file) throws SQLException, JournalException {
    LOG.info("The journal in {} is of layout 1; it is being brought to layout 2.", file);
    Schema.run(connection, "BEGIN IMMEDIATE");
    boolean done = false;
    try {
      new Migration(connection).toLayout2();
      Schema.run(connection, "PRAGMA user_version = 2");
      Schema.run(connection, "COMMIT");
      done = true;
    } catch (DamagedBlockException e) {
      throw new JournalException(
          Reason.STORAGE,
          file
              + " cannot be brought to layout 2 because a block of it is damaged ("
              + e.getMessage()
              + "). Nothing was changed. Salvage it: ./mycelium journal salvage.",
          e);
    } finally {
      if (!done) {
        rollBack(connection);
      }
    }
    LOG.info("The journal in {} is of layout 2 now.", file);
  }

  private static void rollBack(Connection connection) {
    try {
      Schema.run(connection, "ROLLBACK");
    } catch (SQLException e) {
      // SQLite has rolled back by itself; the caller hears of what went wrong before.
      LOG.debug("nothing was left to roll back", e);
    }
  }

  private void toLayout2() throws SQLException, DamagedBlockException {
    // Adds the column to the table's description alone; rows that lack it have the default.
    Schema.run(
        connection,
        "ALTER TABLE block ADD COLUMN kind INTEGER NOT NULL DEFAULT " + BlockKind.MIXED.number());
    Schema.run(connection, "ALTER TABLE cursor RENAME TO cursor1");
    List<Cursor> cursors = cursors();
    Schema.run(connection, "DROP TABLE cursor1");
    for (String table : Schema.CURSOR_TABLES) {
      Schema.run(connection, table);
    }
    Statements statements = new Statements(connection);
    MetaTable meta = new MetaTable(statements);
    long removedTo = meta.removedTo();
    meta.put(
        MetaTable.REMOVED,
        Sheet.of(Map.of(Dictionary.UNKNOWN, Tally.expired(removedTo))).toBytes());
    meta.put(
        new Origin(
            new GatewayId(meta.text(MetaTable.GATEWAY)),
            Identity.parseEpoch(meta.text(MetaTable.EPOCH)),
            predecessors()));
    meta.put(MetaTable.NAMES, NameList.toBytes(names()));
    sealStates();
    Schema.run(connection, "DELETE FROM meta WHERE key = 'predecessor'");
    meta.put(MetaTable.ACCEPTED, attribute(cursors, removedTo, statements, meta).toBytes());
  }

  private Map<Integer, DatastreamId> names() throws SQLException {
    Map<Integer, DatastreamId> names = new TreeMap<>();
    try (Statement select = connection.createStatement();
        ResultSet rows = select.executeQuery("SELECT number, name FROM datastream")) {
      while (rows.next()) {
        names.put(rows.getInt(1), new DatastreamId(rows.getString(2)));
      }
    }
    return names;
  }

  /** Layout 1 kept no checksums of what components keep. */
  private void sealStates() throws SQLException {
    Schema.run(connection, "ALTER TABLE state RENAME TO state1");
    Schema.run(connection, Schema.STATE_TABLE);
    try (Statement select = connection.createStatement();
        ResultSet rows = select.executeQuery("SELECT component, key, value FROM state1");
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO state VALUES (?, ?, ?)")) {
      while (rows.next()) {
        String component = rows.getString(1);
        String key = rows.getString(2);
        insert.setString(1, component);
        insert.setString(2, key);
        insert.setBytes(3, Sealed.seal(rows.getBytes(3), component, key));
        insert.executeUpdate();
      }
    }
    Schema.run(connection, "DROP TABLE state1");
  }

  private List<Cursor> cursors() throws SQLException {
    List<Cursor> cursors = new ArrayList<>();
    try (Statement select = connection.createStatement();
        ResultSet rows =
            select.executeQuery(
                "SELECT name, position, delivered, withheld, unselected, dropped FROM cursor1")) {
      while (rows.next()) {
        cursors.add(
            new Cursor(
                rows.getString(1),
                rows.getLong(2),
                new Tally(
                    rows.getLong(3), rows.getLong(4), rows.getLong(5), rows.getLong(6), 0, 0, 0)));
      }
    }
    cursors.sort(Comparator.comparingLong(Cursor::position));
    return cursors;
  }

  /** Layout 1 knew the epoch of a journal that was lost, of which nothing is the same any more. */
  private List<Predecessor> predecessors() throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("SELECT value FROM meta WHERE key = 'predecessor'");
        ResultSet row = select.executeQuery()) {
      return row.next()
          ? List.of(new Predecessor(Identity.parseEpoch(row.getString(1)), 0))
          : List.of();
    }
  }

  /** Goes through all blocks once; writes each cursor when its position is reached. */
  private AcceptedCounts attribute(
      List<Cursor> cursors, long removedTo, Statements statements, MetaTable meta)
      throws SQLException, DamagedBlockException {
    CursorTable table = new CursorTable(statements, meta);
    AcceptedCounts accepted = AcceptedCounts.NONE.plus(Dictionary.UNKNOWN, removedTo);
    NavigableMap<Integer, Long> counts = new TreeMap<>();
    counts.put(Dictionary.UNKNOWN, removedTo);
    int next = 0;
    try (Statement select = connection.createStatement();
        ResultSet rows =
            select.executeQuery("SELECT " + StoredBlock.COLUMNS + " FROM block ORDER BY first")) {
      while (rows.next()) {
        StoredBlock block = StoredBlock.of(rows);
        int[] datastreams = block.datastreams();
        accepted = accepted.plus(datastreams);
        for (int i = 0; i < datastreams.length; i++) {
          while (next < cursors.size() && cursors.get(next).position() < block.first() + i) {
            table.put(row(cursors.get(next++), counts));
          }
          counts.merge(datastreams[i], 1L, Long::sum);
        }
      }
    }
    while (next < cursors.size()) {
      table.put(row(cursors.get(next++), counts));
    }
    return accepted;
  }

  private static CursorTable.Row row(Cursor cursor, NavigableMap<Integer, Long> counts) {
    Tally tally = cursor.tally();
    Sheet sheet =
        tally.total() == cursor.position()
            ? spread(tally, counts)
            // It does not tally, or not yet: what it has can only be what was removed.
            : Sheet.of(Map.of(Dictionary.UNKNOWN, tally));
    return new CursorTable.Row(0, cursor.name(), cursor.position(), tally, sheet);
  }

  /** Lays outcomes over Datastreams, so that both add up. */
  private static Sheet spread(Tally tally, NavigableMap<Integer, Long> counts) {
    Map<Integer, Tally> rows = new HashMap<>();
    NavigableMap<Integer, Long> open = new TreeMap<>(counts);
    // Retention takes the oldest: what was dropped is first of all what is no longer there.
    lay(tally.expired(), Loss.EXPIRED::tally, open, rows);
    lay(tally.delivered(), Tally::delivered, open, rows);
    lay(tally.withheld(), Tally::withheld, open, rows);
    lay(tally.unselected(), Tally::unselected, open, rows);
    return Sheet.of(rows);
  }

  private interface Outcome {
    Tally of(long count);
  }

  private static void lay(
      long count, Outcome outcome, NavigableMap<Integer, Long> open, Map<Integer, Tally> rows) {
    long left = count;
    while (left > 0) {
      Map.Entry<Integer, Long> datastream = open.firstEntry();
      long part = Math.min(left, datastream.getValue());
      if (part > 0) {
        rows.merge(datastream.getKey(), outcome.of(part), Tally::plus);
      }
      left -= part;
      if (part == datastream.getValue()) {
        open.pollFirstEntry();
      } else {
        open.put(datastream.getKey(), datastream.getValue() - part);
      }
    }
  }
}
