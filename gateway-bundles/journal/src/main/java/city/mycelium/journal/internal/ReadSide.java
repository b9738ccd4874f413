package city.mycelium.journal.internal;

import city.mycelium.api.journal.Accounts;
import city.mycelium.api.journal.Cursor;
import city.mycelium.api.journal.Draft;
import city.mycelium.api.journal.StateStore;
import city.mycelium.api.observation.DatastreamId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Every statement that only reads the data file, on a connection of its own: readers see what is
 * committed and never wait for the writer. For one thread at a time; each turn is one short
 * statement, or a few that see the file as of one moment.
 */
final class ReadSide {

  private final Statements statements;
  private final MetaTable meta;
  private final CursorTable cursors;

  /** What was counted last: the next one needs to count from there on only. */
  private AcceptedCounts counted = AcceptedCounts.NONE;

  ReadSide(Connection connection) {
    statements = new Statements(connection);
    meta = new MetaTable(statements);
    cursors = new CursorTable(statements, meta);
  }

  /** A question failed: the next one begins afresh. */
  void renew() {
    statements.renew();
  }

  /**
   * The blocks that hold the first offsets of {@code after < offset <= upTo}, up to that many;
   * those that are gone stand between them and do not count.
   *
   * @param upTo the last offset of a block
   */
  List<StoredBlock> blocks(long after, long upTo, int limit) throws SQLException {
    // Both ends by the primary key: the cost does not depend on what lies before or behind.
    PreparedStatement select =
        statements.of(
            "SELECT "
                + StoredBlock.COLUMNS
                + " FROM block WHERE first >= coalesce("
                + "(SELECT first FROM block WHERE first <= ? ORDER BY first DESC LIMIT 1), 0)"
                + " AND first <= ? ORDER BY first");
    select.setLong(1, after + 1);
    select.setLong(2, upTo);
    List<StoredBlock> blocks = new ArrayList<>();
    long found = 0;
    try (ResultSet rows = select.executeQuery()) {
      while (found < limit && rows.next()) {
        StoredBlock block = StoredBlock.of(rows);
        if (block.last() > after) {
          blocks.add(block);
          if (block.kind() != BlockKind.GONE) {
            found += block.last() - Math.max(block.first() - 1, after);
          }
        }
      }
    }
    return blocks;
  }

  /** Everything up to this offset has been removed from the front. */
  long removedTo() throws SQLException {
    return meta.removedTo();
  }

  Cursor cursor(String name) throws SQLException {
    return asOfOneMoment(() -> cursors.of(name).cursor());
  }

  List<Cursor> cursors() throws SQLException {
    return cursors.all().stream().map(CursorTable.Row::cursor).toList();
  }

  /** What was accepted and what became of it. */
  Accounts accounts(DatastreamNames names) throws SQLException, DamagedBlockException {
    AcceptedCounts accepted;
    Map<String, Long> positions = new TreeMap<>();
    Map<String, Sheet> sheets = new TreeMap<>();
    begin();
    try {
      accepted = count();
      for (CursorTable.Row row : cursors.all()) {
        positions.put(row.name(), row.position());
        sheets.put(row.name(), cursors.sheet(row));
      }
    } finally {
      end();
    }
    Map<String, Accounts.Account> accounts = new TreeMap<>();
    for (Map.Entry<String, Sheet> sheet : sheets.entrySet()) {
      accounts.put(
          sheet.getKey(),
          new Accounts.Account(
              positions.getOrDefault(sheet.getKey(), 0L), sheet.getValue().named(names)));
    }
    return new Accounts(accepted.through(), accepted.named(names), accounts);
  }

  /** The counts as they were saved last. */
  AcceptedCounts savedCounts() throws SQLException {
    return meta.accepted();
  }

  /** Everything that was ever accepted, counted from where it was counted or saved last. */
  AcceptedCounts count() throws SQLException, DamagedBlockException {
    AcceptedCounts saved = meta.accepted();
    AcceptedCounts sum = saved.through() > counted.through() ? saved : counted;
    PreparedStatement select =
        statements.of(
            "SELECT " + StoredBlock.COLUMNS + " FROM block WHERE first > ? ORDER BY first");
    select.setLong(1, sum.through());
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        StoredBlock block = StoredBlock.of(rows);
        if (block.first() != sum.through() + 1) {
          throw new DamagedBlockException(
              "offsets " + (sum.through() + 1) + " to " + (block.first() - 1) + " are missing");
        }
        sum = sum.plus(block.datastreams());
      }
    }
    counted = sum;
    return sum;
  }

  /** The last offset before the first Observation that was received at a time or later. */
  long offsetBefore(long receivedAt, DatastreamNames names)
      throws SQLException, DamagedBlockException {
    PreparedStatement select =
        statements.of(
            "SELECT "
                + StoredBlock.COLUMNS
                + " FROM block WHERE received_to >= ? ORDER BY first LIMIT 1");
    select.setLong(1, receivedAt);
    try (ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        return Math.max(last(), meta.removedTo());
      }
      StoredBlock block = StoredBlock.of(row);
      // Of what is gone it is no longer known when each was received: from its beginning, then.
      long offset = block.first() - 1;
      if (block.kind() != BlockKind.GONE) {
        for (Draft draft : block.drafts(names)) {
          if (draft.receivedAt() >= receivedAt) {
            break;
          }
          offset++;
        }
      }
      return offset;
    }
  }

  private long last() throws SQLException {
    try (ResultSet row =
        statements
            .of("SELECT ifnull((SELECT last FROM block ORDER BY first DESC LIMIT 1), 0)")
            .executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  Optional<byte[]> state(String component, String key) throws SQLException, DamagedBlockException {
    PreparedStatement select =
        statements.of("SELECT value FROM state WHERE component = ? AND key = ?");
    select.setString(1, component);
    select.setString(2, key);
    try (ResultSet row = select.executeQuery()) {
      return row.next()
          ? Optional.of(Sealed.open(row.getBytes(1), component, key).rest())
          : Optional.empty();
    }
  }

  List<StateStore.Entry> scan(String component, String after, int limit)
      throws SQLException, DamagedBlockException {
    PreparedStatement select =
        statements.of(
            "SELECT key, value FROM state WHERE component = ? AND key > ? ORDER BY key LIMIT ?");
    select.setString(1, component);
    select.setString(2, after);
    select.setInt(3, limit);
    List<StateStore.Entry> entries = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        String key = rows.getString(1);
        entries.add(
            new StateStore.Entry(key, Sealed.open(rows.getBytes(2), component, key).rest()));
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

  private interface Question<T> {
    T ask() throws SQLException;
  }

  private <T> T asOfOneMoment(Question<T> question) throws SQLException {
    begin();
    try {
      return question.ask();
    } finally {
      end();
    }
  }

  private void begin() throws SQLException {
    statements.of("BEGIN").execute();
  }

  private void end() throws SQLException {
    statements.of("COMMIT").execute();
  }
}
