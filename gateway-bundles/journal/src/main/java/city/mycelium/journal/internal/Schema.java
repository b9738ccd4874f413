package city.mycelium.journal.internal;

import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.JournalException.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/**
 * The shape of the data file, and how it is opened. Why it is so:
 * docs/decisions/0010-journal-layout.md.
 */
final class Schema {

  /** Kept in the file as {@code user_version}. */
  static final int VERSION = 2;

  /**
   * The write-ahead log is copied into the file when it is this long. Longer saves hardly a byte
   * (measured, decision 0010), but makes the commit that has to copy it wait longer.
   */
  private static final int CHECKPOINT_BYTES = 1 << 20;

  /** What layout 2 changed; {@link Migration} makes these in an older file. */
  static final List<String> CURSOR_TABLES =
      List.of(
          // A row id of its own: a row without one would spill to a second page at 230 bytes.
          "CREATE TABLE cursor (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
              + " position INTEGER NOT NULL, delivered INTEGER NOT NULL, withheld INTEGER NOT NULL,"
              + " unselected INTEGER NOT NULL, expired INTEGER NOT NULL,"
              + " crowded_out INTEGER NOT NULL, refused INTEGER NOT NULL, damaged INTEGER NOT NULL,"
              + " recent BLOB NOT NULL)",
          "CREATE TABLE tally (id INTEGER PRIMARY KEY, sheet BLOB NOT NULL)");

  static final String STATE_TABLE =
      "CREATE TABLE state (component TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL,"
          + " PRIMARY KEY (component, key)) WITHOUT ROWID";

  /** One row per commit, or a few: `first` is the row id, so there is no index beside it. */
  private static final String BLOCK_TABLE =
      "CREATE TABLE block (first INTEGER PRIMARY KEY, last INTEGER NOT NULL,"
          + " received_to INTEGER NOT NULL, kind INTEGER NOT NULL, payload BLOB NOT NULL)";

  /** The same as {@link Migration} leaves it. */
  private static final String MIGRATED_BLOCK_TABLE =
      "CREATE TABLE block (first INTEGER PRIMARY KEY, last INTEGER NOT NULL,"
          + " received_to INTEGER NOT NULL, payload BLOB NOT NULL, kind INTEGER NOT NULL DEFAULT 0)";

  private static final List<String> OTHER_TABLES =
      List.of(
          BLOCK_TABLE,
          "CREATE TABLE datastream (number INTEGER PRIMARY KEY, name TEXT NOT NULL)",
          STATE_TABLE,
          "CREATE TABLE meta (key TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID");

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

  /**
   * Opens a file that nobody has open, and changes not a byte of it or of its log, damaged as they
   * may be.
   */
  static Connection openOnlyToRead(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    return JDBC.createConnection(url(file), config.toProperties());
  }

  /** Opens a file to copy it; nothing else is to be asked on this connection. */
  static Connection openToCopy(Path file) throws SQLException {
    // Without query_only, which forbids to write a copy as well.
    return open(file);
  }

  private static String url(Path file) {
    return "jdbc:sqlite:" + file.toAbsolutePath();
  }

  private static Connection open(Path file) throws SQLException {
    // Not through DriverManager, which looks for drivers in class loaders that OSGi hides.
    SQLiteConfig config = new SQLiteConfig();
    // Nobody asks for them, and the driver would prepare a query for them after every write.
    config.setGetGeneratedKeys(false);
    return JDBC.createConnection(url(file), config.toProperties());
  }

  /** Whether the file is still empty, and a journal may be made in it. */
  static boolean isEmpty(Connection connection) throws SQLException {
    return number(connection, "PRAGMA user_version") == 0
        && number(connection, "SELECT count(*) FROM sqlite_schema") == 0;
  }

  /**
   * Whether the file is of this layout. Its tables are described in it by the words that made them,
   * so what differs by a letter was changed.
   *
   * @throws DamagedFileException if its tables are of this layout and its version is not, or the
   *     other way round
   */
  static boolean isThisLayout(Connection connection) throws SQLException {
    boolean version = number(connection, "PRAGMA user_version") == VERSION;
    Set<String> expected = new HashSet<>(CURSOR_TABLES);
    expected.addAll(OTHER_TABLES);
    Set<String> found = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")) {
      while (rows.next()) {
        String table = rows.getString(1);
        found.add(table.equals(MIGRATED_BLOCK_TABLE) ? BLOCK_TABLE : table);
      }
    }
    boolean tables = found.equals(expected);
    // A newer layout may have the same tables, but seals them as its own.
    if ((version && !tables) || (!version && tables && isSealed(connection))) {
      throw new DamagedFileException("its tables are not those of its layout");
    }
    return version;
  }

  private static boolean isSealed(Connection connection) {
    try {
      new MetaTable(new Statements(connection)).origin();
      return true;
    } catch (SQLException e) {
      return false; // not by this layout, that is: the caller says what it means
    }
  }

  /** The first page of the table of blocks. */
  static int rootOfBlocks(Connection connection) throws SQLException {
    return (int) number(connection, "SELECT rootpage FROM sqlite_schema WHERE name = 'block'");
  }

  /** Makes an empty journal, all or nothing. */
  static void create(Connection connection, Origin origin) throws SQLException {
    run(connection, "BEGIN IMMEDIATE");
    for (String table : OTHER_TABLES) {
      run(connection, table);
    }
    for (String table : CURSOR_TABLES) {
      run(connection, table);
    }
    MetaTable meta = new MetaTable(new Statements(connection));
    meta.put(origin);
    meta.put(MetaTable.NAMES, NameList.toBytes(Map.of()));
    meta.put(MetaTable.REMOVED_TO, 0L);
    meta.put(MetaTable.REMOVED, Sheet.EMPTY.toBytes());
    meta.put(MetaTable.ACCEPTED, AcceptedCounts.NONE.toBytes());
    run(connection, "PRAGMA user_version = " + VERSION);
    run(connection, "COMMIT");
  }

  /**
   * Brings an older layout up to this one, and refuses what this software cannot read.
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
    if (version < VERSION) {
      Migration.run(connection, file);
    }
  }

  static long number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
