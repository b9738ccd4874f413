package city.mycelium.journal.internal;

import city.mycelium.api.journal.Cursor;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.JournalException.Reason;
import city.mycelium.api.journal.Tally;
import city.mycelium.api.observation.GatewayId;
import city.mycelium.api.observation.Identity;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.sqlite.JDBC;

/**
 * The shape of the data file, and how it is opened. Why it is so:
 * docs/decisions/0010-journal-layout.md.
 */
final class Schema {

  /** Kept in the file as {@code user_version}. */
  static final int VERSION = 1;

  /**
   * The write-ahead log is copied into the file when it is this long. Longer saves hardly a byte
   * (measured, decision 0010), but makes the commit that has to copy it wait longer.
   */
  private static final int CHECKPOINT_BYTES = 1 << 20;

  private static final String[] TABLES = {
    // One row per commit, or a few: `first` is the row id, so there is no index beside the table.
    "CREATE TABLE block (first INTEGER PRIMARY KEY, last INTEGER NOT NULL,"
        + " received_to INTEGER NOT NULL, payload BLOB NOT NULL)",
    "CREATE TABLE datastream (number INTEGER PRIMARY KEY, name TEXT NOT NULL)",
    "CREATE TABLE cursor (name TEXT PRIMARY KEY, position INTEGER NOT NULL,"
        + " delivered INTEGER NOT NULL, withheld INTEGER NOT NULL, unselected INTEGER NOT NULL,"
        + " dropped INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE state (component TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL,"
        + " PRIMARY KEY (component, key)) WITHOUT ROWID",
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID",
  };

  static final String GATEWAY = "gateway";
  static final String EPOCH = "epoch";

  /** The epoch that this gateway wrote before this one; not there if there was none. */
  static final String PREDECESSOR = "predecessor";

  /** Every offset up to this one has been removed by retention. */
  static final String REMOVED_TO = "removed_to";

  private Schema() {}

  /** Opens the file for the one writer: write-ahead log, every commit synced. */
  static Connection openToWrite(Path file, JournalOptions options) throws SQLException {
    Connection connection = open(file);
    try {
      // Counts only for a file that is still empty.
      run(connection, "PRAGMA page_size = " + options.pageBytes());
      run(connection, "PRAGMA journal_mode = WAL");
      run(connection, "PRAGMA synchronous = " + (options.syncs() ? "FULL" : "NORMAL"));
      int pageBytes = (int) number(connection, "PRAGMA page_size");
      run(connection, "PRAGMA wal_autocheckpoint = " + CHECKPOINT_BYTES / pageBytes);
      run(connection, "PRAGMA journal_size_limit = " + 2 * CHECKPOINT_BYTES);
      run(connection, "PRAGMA temp_store = MEMORY");
      if (options.maxFileBytes() > 0) {
        run(
            connection,
            "PRAGMA max_page_count = " + Math.max(1, options.maxFileBytes() / pageBytes));
      }
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Opens the file, which the writer has open, for reading. */
  static Connection openToRead(Path file) throws SQLException {
    Connection connection = open(file);
    run(connection, "PRAGMA query_only = ON");
    return connection;
  }

  private static Connection open(Path file) throws SQLException {
    // Not through DriverManager, which looks for drivers in class loaders that OSGi hides.
    return JDBC.createConnection("jdbc:sqlite:" + file.toAbsolutePath(), new Properties());
  }

  /** Whether the file is still empty, and a journal may be made in it. */
  static boolean isEmpty(Connection connection) throws SQLException {
    return number(connection, "PRAGMA user_version") == 0
        && number(connection, "SELECT count(*) FROM sqlite_schema") == 0;
  }

  /** Makes an empty journal, all or nothing. */
  static void create(
      Connection connection, GatewayId gateway, long epoch, Optional<String> predecessor)
      throws SQLException {
    run(connection, "BEGIN IMMEDIATE");
    for (String table : TABLES) {
      run(connection, table);
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO meta (key, value) VALUES (?, ?)")) {
      insertMeta(insert, GATEWAY, gateway.value());
      insertMeta(insert, EPOCH, Identity.epochText(epoch));
      insertMeta(insert, REMOVED_TO, 0L);
      if (predecessor.isPresent()) {
        insertMeta(insert, PREDECESSOR, predecessor.get());
      }
    }
    run(connection, "PRAGMA user_version = " + VERSION);
    run(connection, "COMMIT");
  }

  private static void insertMeta(PreparedStatement insert, String key, Object value)
      throws SQLException {
    insert.setString(1, key);
    insert.setObject(2, value);
    insert.executeUpdate();
  }

  /**
   * Refuses what this software cannot read.
   *
   * @throws JournalException reason {@code STORAGE}, in words
   */
  static void check(Connection connection, Path file) throws SQLException, JournalException {
    long version = number(connection, "PRAGMA user_version");
    if (version > VERSION) {
      throw new JournalException(
          Reason.STORAGE,
          file
              + " was written by newer software (layout "
              + version
              + "; this one knows up to "
              + VERSION
              + "). Nothing was changed. Run the newer software, or restore the backup made before"
              + " its installation.");
    }
    if (version < 1) {
      throw new JournalException(
          Reason.STORAGE,
          file
              + " is a database, but not a journal. Nothing was changed. Move it away, or choose"
              + " another data directory.");
    }
  }

  static String text(Connection connection, String metaKey) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT value FROM meta WHERE key = ?")) {
      select.setString(1, metaKey);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("its meta table has no " + metaKey);
        }
        return row.getString(1);
      }
    }
  }

  /** The last offset that was ever given out. */
  static long lastOffset(Connection connection) throws SQLException {
    return number(
        connection,
        "SELECT coalesce((SELECT last FROM block ORDER BY first DESC LIMIT 1),"
            + " (SELECT value FROM meta WHERE key = '"
            + REMOVED_TO
            + "'))");
  }

  /**
   * A cursor; one that was never moved stands where retention ended, with what it removed as
   * dropped. One statement, so that no retention comes in between.
   */
  static Cursor cursor(Statements statements, String name) throws SQLException {
    PreparedStatement select =
        statements.of(
            "SELECT ? AS name, ifnull(position, value) AS position,"
                + " ifnull(delivered, 0) AS delivered, ifnull(withheld, 0) AS withheld,"
                + " ifnull(unselected, 0) AS unselected, ifnull(dropped, value) AS dropped"
                + " FROM meta LEFT JOIN cursor ON cursor.name = ? WHERE meta.key = ?");
    select.setString(1, name);
    select.setString(2, name);
    select.setString(3, REMOVED_TO);
    return cursors(select).get(0);
  }

  /** The cursors that a query gives. */
  static List<Cursor> cursors(PreparedStatement select) throws SQLException {
    List<Cursor> cursors = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        cursors.add(
            new Cursor(
                rows.getString("name"),
                rows.getLong("position"),
                new Tally(
                    rows.getLong("delivered"),
                    rows.getLong("withheld"),
                    rows.getLong("unselected"),
                    rows.getLong("dropped"))));
      }
    }
    return cursors;
  }

  static long removedTo(Statements statements) throws SQLException {
    PreparedStatement select = statements.of("SELECT value FROM meta WHERE key = ?");
    select.setString(1, REMOVED_TO);
    try (ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  private static long number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
