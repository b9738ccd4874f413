package city.mycelium.receiver.internal.store;

import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.Quality;
import city.mycelium.receiver.internal.store.Journals.Journal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table {@code observation}: takes in what it does not hold yet. */
final class Observations implements AutoCloseable {

  /** Bounds what a large transaction keeps in memory at once. */
  private static final int ROWS_AT_ONCE = 2_000;

  /** How many columns stand before those of the result. */
  private static final int OWN_COLUMNS = 7;

  private static final String INSERT =
      "INSERT INTO observation (journal_id, journal_offset, datastream_id, phenomenon_from,"
          + " phenomenon_to, received_at, quality, "
          + String.join(", ", ResultColumns.NAMES)
          + ") VALUES (?"
          + ", ?".repeat(OWN_COLUMNS - 1 + ResultColumns.NAMES.size())
          + ") ON CONFLICT DO NOTHING";

  private final Journals journals;
  private final PreparedStatement insert;
  private final List<Journal> journalOfRow = new ArrayList<>();
  private long stored;
  private long duplicates;

  Observations(Connection connection, Journals journals) throws SQLException {
    this.journals = journals;
    this.insert = connection.prepareStatement(INSERT);
  }

  void add(Journal journal, int datastream, Observation observation) throws SQLException {
    insert.setInt(1, journal.id);
    insert.setLong(2, observation.identity().offset());
    insert.setInt(3, datastream);
    insert.setLong(4, observation.phenomenonTime().from());
    insert.setLong(5, observation.phenomenonTime().to());
    insert.setLong(6, observation.receivedAt());
    insert.setString(7, word(observation.quality()));
    ResultColumns.of(observation.result()).bind(insert, OWN_COLUMNS + 1);
    insert.addBatch();
    journalOfRow.add(journal);
    if (journalOfRow.size() >= ROWS_AT_ONCE) {
      flush();
    }
  }

  void flush() throws SQLException {
    int[] changes = insert.executeBatch();
    for (int row = 0; row < changes.length; row++) {
      boolean isNew = changes[row] == 1;
      journals.count(journalOfRow.get(row), isNew);
      if (isNew) {
        stored++;
      } else {
        duplicates++;
      }
    }
    journalOfRow.clear();
  }

  /** How many rows were new since this connection was opened. */
  long stored() {
    return stored;
  }

  /** How many rows were held already since this connection was opened. */
  long duplicates() {
    return duplicates;
  }

  @Override
  public void close() throws SQLException {
    insert.close();
  }

  private static String word(Quality quality) {
    return quality.name().toLowerCase(Locale.ROOT);
  }
}
