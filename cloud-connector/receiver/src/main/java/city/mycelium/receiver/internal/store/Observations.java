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
  private final Holdings holdings;
  private final PreparedStatement insert;
  private final List<Row> rows = new ArrayList<>();
  private long stored;
  private long duplicates;

  /**
   * A row on its way.
   *
   * @param keeper under whose name it is kept
   * @param sender the journal that brings it
   */
  private record Row(Journal keeper, Journal sender, int datastream) {}

  Observations(Connection connection, Journals journals, Holdings holdings) throws SQLException {
    this.journals = journals;
    this.holdings = holdings;
    this.insert = connection.prepareStatement(INSERT);
  }

  /**
   * Takes one in unless it is held.
   *
   * @param keeper under whose name it is kept
   * @param sender the journal that brings it
   */
  void add(Journal keeper, Journal sender, int datastream, Observation observation)
      throws SQLException {
    insert.setInt(1, keeper.id);
    insert.setLong(2, observation.identity().offset());
    insert.setInt(3, datastream);
    insert.setLong(4, observation.phenomenonTime().from());
    insert.setLong(5, observation.phenomenonTime().to());
    insert.setLong(6, observation.receivedAt());
    insert.setString(7, word(observation.quality()));
    ResultColumns.of(observation.result()).bind(insert, OWN_COLUMNS + 1);
    insert.addBatch();
    rows.add(new Row(keeper, sender, datastream));
    if (rows.size() >= ROWS_AT_ONCE) {
      flush();
    }
  }

  void flush() throws SQLException {
    int[] changes = insert.executeBatch();
    for (int row = 0; row < changes.length; row++) {
      Row one = rows.get(row);
      if (changes[row] == 1) {
        journals.countStored(one.keeper());
        holdings.add(one.keeper(), one.datastream());
        stored++;
      } else {
        journals.countDuplicate(one.sender());
        duplicates++;
      }
    }
    rows.clear();
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
