package city.mycelium.journal.internal;

import city.mycelium.api.journal.JournalException;
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
 * Reads a whole data file and says what is wrong with it: every block decoded, every sum added up,
 * and what SQLite finds. On a connection of its own, so that a gateway goes on meanwhile; the log
 * is not taken into the file for so long. For one thread, once.
 */
final class Verification {

  private final Connection connection;
  private final List<String> complaints = new ArrayList<>();
  private final Map<Integer, Long> accepted = new TreeMap<>();
  private long blocks;
  private long observations;
  private long gone;

  /**
   * What was found.
   *
   * @param complaints what is wrong, in words; none if all is well
   * @param lastOffset the last offset in it
   * @param observations how many of them can be read
   * @param gone how many offsets are known to be gone
   */
  record Report(
      List<String> complaints,
      long fileBytes,
      long lastOffset,
      long blocks,
      long observations,
      long gone) {

    boolean isSound() {
      return complaints.isEmpty();
    }
  }

  private Verification(Connection connection) {
    this.connection = connection;
  }

  /**
   * Reads a data file, which may be in use.
   *
   * @throws JournalException if it cannot be read at all
   */
  static Report of(Path file) throws JournalException {
    try (Connection connection = Schema.openToRead(file)) {
      return new Verification(connection).run(Files.size(file));
    } catch (SQLException e) {
      throw SqlTrouble.of(e, file);
    } catch (IOException e) {
      throw new JournalException(
          JournalException.Reason.STORAGE, file + " cannot be read (" + e + ")", e);
    }
  }

  private Report run(long fileBytes) throws SQLException {
    complaints.addAll(Soundness.integrity(connection, ""));
    // One transaction: what is committed meanwhile must not look like a contradiction.
    Schema.run(connection, "BEGIN");
    Statements statements = new Statements(connection);
    MetaTable meta = new MetaTable(statements);
    long last = 0;
    try {
      meta.origin();
      last = blocks(meta);
      sums(meta, new CursorTable(statements, meta), last);
      states();
    } catch (SQLException e) {
      complaints.add(String.valueOf(e.getMessage()));
    } finally {
      Schema.run(connection, "COMMIT");
    }
    return new Report(List.copyOf(complaints), fileBytes, last, blocks, observations, gone);
  }

  private long blocks(MetaTable meta) throws SQLException {
    Dictionary names = new Dictionary();
    meta.names().forEach(names::add);
    long next = meta.removedTo() + 1;
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT " + StoredBlock.COLUMNS + " FROM block ORDER BY first")) {
      while (rows.next()) {
        StoredBlock block = StoredBlock.of(rows);
        blocks++;
        if (block.first() != next) {
          complaints.add("offsets " + next + " to " + (block.first() - 1) + " are missing");
        }
        next = block.last() + 1;
        decode(block, names);
      }
    }
    return next - 1;
  }

  private void decode(StoredBlock block, Dictionary names) {
    try {
      if (block.kind() == BlockKind.GONE) {
        gone += block.size();
      } else {
        observations += block.drafts(names).size();
      }
      for (int datastream : block.datastreams()) {
        accepted.merge(datastream, 1L, Long::sum);
      }
    } catch (DamagedBlockException e) {
      complaints.add(
          "offsets " + block.first() + " to " + block.last() + " are damaged: " + e.getMessage());
    }
  }

  private void sums(MetaTable meta, CursorTable cursors, long last) throws SQLException {
    meta.removed().counts().forEach((number, count) -> accepted.merge(number, count, Long::sum));
    long sum = accepted.values().stream().mapToLong(Long::longValue).sum();
    if (sum != last && complaints.isEmpty()) {
      complaints.add("it holds or removed " + sum + " observations and ends at offset " + last);
    }
    AcceptedCounts saved = meta.accepted();
    if (saved.through() == last && !saved.byNumber().equals(accepted)) {
      complaints.add("what was accepted per datastream is not what is there or was removed");
    }
    for (CursorTable.Row row : cursors.all()) {
      CursorTable.Row whole = cursors.whole(row.number());
      long tallied = whole.tally().total();
      if (whole.position() > last) {
        complaints.add("cursor '" + row.name() + "' stands at " + row.position());
      }
      // Those that do not tally have the removed front at most.
      if (tallied > whole.position()) {
        complaints.add(
            "cursor '" + row.name() + "' tallied " + tallied + " up to " + row.position());
      }
    }
  }

  private void states() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT component, key, value FROM state")) {
      while (rows.next()) {
        String component = rows.getString(1);
        String key = rows.getString(2);
        try {
          Sealed.open(rows.getBytes(3), component, key);
        } catch (DamagedBlockException e) {
          complaints.add("what '" + component + "' keeps under '" + key + "' is damaged");
        }
      }
    }
  }
}
