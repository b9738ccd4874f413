package city.mycelium.receiver.internal.store;

import city.mycelium.receiver.internal.store.Journals.Journal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The table {@code holding}: how many Observations of each Datastream are held of each journal, so
 * that a ledger need not count them one by one.
 */
final class Holdings {

  private final Connection connection;
  private final Map<Key, Long> added = new LinkedHashMap<>();

  private record Key(int journal, int datastream) {}

  Holdings(Connection connection) {
    this.connection = connection;
  }

  /** One more. */
  void add(Journal journal, int datastream) {
    added.merge(new Key(journal.id, datastream), 1L, Long::sum);
  }

  void flush() throws SQLException {
    try (PreparedStatement upsert =
        connection.prepareStatement(
            "INSERT INTO holding (journal_id, datastream_id, stored) VALUES (?, ?, ?)"
                + " ON CONFLICT (journal_id, datastream_id)"
                + " DO UPDATE SET stored = holding.stored + excluded.stored")) {
      for (Map.Entry<Key, Long> one : added.entrySet()) {
        upsert.setInt(1, one.getKey().journal());
        upsert.setInt(2, one.getKey().datastream());
        upsert.setLong(3, one.getValue());
        upsert.addBatch();
      }
      upsert.executeBatch();
    }
    added.clear();
  }
}
