package city.mycelium.journal.internal;

import city.mycelium.journal.internal.rescue.DamageException;
import city.mycelium.journal.internal.rescue.FileHeader;
import city.mycelium.journal.internal.rescue.Pages;
import city.mycelium.journal.internal.rescue.RightEdge;
import city.mycelium.journal.internal.rescue.WriteAheadLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is looked at before a data file is opened to be written, because SQLite would go on without
 * a word: the log, the header, the shape of the tables, the way to the last block, the small
 * tables, and whether they fit together. What it costs does not depend on how much the journal
 * holds; the blocks themselves are checked when they are read, or by {@link Verification}.
 */
final class Soundness {

  /** All of them are read at every opening anyway, or nearly. */
  private static final List<String> SMALL_TABLES = List.of("meta", "datastream", "cursor", "tally");

  private final Path file;
  private final Path log;

  private Soundness(Path file) {
    this.file = file;
    log = SqliteJournal.logOf(file);
  }

  /**
   * Looks at a file that nobody has open; changes nothing.
   *
   * @return what the log says, which a journal has to know that gives out offsets
   * @throws DamageException if something is not as it was written
   */
  static WriteAheadLog.State check(Path file) throws DamageException, SQLException, IOException {
    return new Soundness(file).check();
  }

  private WriteAheadLog.State check() throws DamageException, SQLException, IOException {
    WriteAheadLog wal = WriteAheadLog.read(log);
    if (!Files.exists(file) || Files.size(file) == 0) {
      if (wal.hasFrames()) {
        // SQLite would take the file for new and throw the log away.
        throw new DamageException("the file is empty, but its log is not");
      }
      return WriteAheadLog.State.WHOLE;
    }
    if (wal.state() == WriteAheadLog.State.BROKEN) {
      throw new DamageException("its write-ahead log was changed after it was written");
    }
    try (Pages pages = Pages.open(file, log, wal)) {
      FileHeader.check(pages);
      try (Connection connection = Schema.openOnlyToRead(file)) {
        if (Schema.isEmpty(connection) || !Schema.isThisLayout(connection)) {
          return wal.state(); // not made yet, or to be migrated, or refused in words
        }
        check(connection, pages);
      }
    }
    return wal.state();
  }

  private void check(Connection connection, Pages pages)
      throws DamageException, SQLException, IOException {
    long lastBlock = RightEdge.lastKey(pages, Schema.rootOfBlocks(connection));
    for (String table : SMALL_TABLES) {
      List<String> complaints = integrity(connection, table);
      if (!complaints.isEmpty()) {
        throw new DamageException("in its table " + table + ": " + complaints.get(0));
      }
    }
    Statements statements = new Statements(connection);
    MetaTable meta = new MetaTable(statements);
    meta.origin();
    checkNames(connection, meta);
    checkCursors(connection, new CursorTable(statements, meta));
    checkEnds(connection, meta, lastBlock);
  }

  /** What SQLite finds wrong; of a table, or with an empty name of everything. */
  static List<String> integrity(Connection connection, String table) throws SQLException {
    List<String> complaints = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                table.isEmpty()
                    ? "PRAGMA integrity_check"
                    : "PRAGMA integrity_check(" + table + ")")) {
      while (rows.next()) {
        complaints.add(rows.getString(1));
      }
    }
    complaints.removeIf("ok"::equals);
    return complaints;
  }

  private static void checkNames(Connection connection, MetaTable meta)
      throws SQLException, DamageException {
    Map<Integer, String> named = new TreeMap<>();
    meta.names().forEach((number, name) -> named.put(number, name.value()));
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT number, name FROM datastream")) {
      while (rows.next()) {
        if (!rows.getString(2).equals(named.remove(rows.getInt(1)))) {
          throw new DamageException("it calls a datastream " + rows.getString(2));
        }
      }
    }
    if (!named.isEmpty()) {
      throw new DamageException("its table of datastreams lacks " + named);
    }
  }

  private static void checkCursors(Connection connection, CursorTable cursors) throws SQLException {
    List<Long> numbers = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT number FROM cursor")) {
      while (rows.next()) {
        numbers.add(rows.getLong(1));
      }
    }
    for (long number : numbers) {
      cursors.whole(number);
    }
  }

  private static void checkEnds(Connection connection, MetaTable meta, long lastBlock)
      throws SQLException, DamageException {
    long removedTo = meta.removedTo();
    if (meta.removed().total().total() != removedTo) {
      throw new DamageException("the sums of what was removed are not those up to " + removedTo);
    }
    long first =
        Schema.number(
            connection, "SELECT ifnull((SELECT first FROM block ORDER BY first LIMIT 1), 0)");
    long last =
        Schema.number(
            connection, "SELECT ifnull((SELECT first FROM block ORDER BY first DESC LIMIT 1), 0)");
    if (last != lastBlock || (first != 0 && first != removedTo + 1)) {
      throw new DamageException(
          "its blocks are from "
              + first
              + " to "
              + last
              + ", and should be from "
              + (removedTo + 1)
              + " to "
              + lastBlock);
    }
    long end =
        Schema.number(
            connection,
            "SELECT ifnull((SELECT last FROM block ORDER BY first DESC LIMIT 1), "
                + removedTo
                + ")");
    if (meta.accepted().through() > end) {
      throw new DamageException(
          "it has accepted " + meta.accepted().through() + " observations and ends at " + end);
    }
  }
}
