package city.mycelium.receiver.internal.store;

import city.mycelium.api.observation.GatewayId;
import city.mycelium.api.observation.Identity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The table {@code journal}: what is held of each epoch of each gateway. Remembers what it has read
 * and what this connection has changed.
 */
final class Journals {

  private final Connection connection;
  private final Map<Key, Journal> known = new HashMap<>();
  private final Set<Journal> changed = new LinkedHashSet<>();

  private record Key(GatewayId gateway, long epoch) {}

  /** One row; its figures are those of the running transaction. */
  static final class Journal {
    final int id;
    private long stored;
    private long duplicates;

    private Journal(int id, long stored, long duplicates) {
      this.id = id;
      this.stored = stored;
      this.duplicates = duplicates;
    }

    long stored() {
      return stored;
    }
  }

  Journals(Connection connection) {
    this.connection = connection;
  }

  Optional<Journal> find(GatewayId gateway, long epoch) throws SQLException {
    Key key = new Key(gateway, epoch);
    Journal journal = known.get(key);
    if (journal == null) {
      Optional<Journal> read = read(key);
      read.ifPresent(found -> known.put(key, found));
      return read;
    }
    return Optional.of(journal);
  }

  Journal findOrAdd(GatewayId gateway, long epoch) throws SQLException {
    Optional<Journal> found = find(gateway, epoch);
    if (found.isPresent()) {
      return found.get();
    }
    Key key = new Key(gateway, epoch);
    Journal journal = new Journal(Rows.nextId(connection, "journal"), 0, 0);
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO journal (id, gateway, epoch, stored, duplicates) VALUES (?, ?, ?, 0, 0)")) {
      insert.setInt(1, journal.id);
      insert.setString(2, gateway.value());
      insert.setString(3, Identity.epochText(epoch));
      insert.executeUpdate();
    }
    known.put(key, journal);
    return journal;
  }

  /** An Observation is new and kept under this journal's name. */
  void countStored(Journal journal) {
    journal.stored++;
    changed.add(journal);
  }

  /** An Observation that this journal brought was held already. */
  void countDuplicate(Journal journal) {
    journal.duplicates++;
    changed.add(journal);
  }

  void flush() throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE journal SET stored = ?, duplicates = ? WHERE id = ?")) {
      for (Journal journal : changed) {
        update.setLong(1, journal.stored);
        update.setLong(2, journal.duplicates);
        update.setInt(3, journal.id);
        update.addBatch();
      }
      update.executeBatch();
    }
    changed.clear();
  }

  private Optional<Journal> read(Key key) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id, stored, duplicates FROM journal WHERE gateway = ? AND epoch = ?")) {
      select.setString(1, key.gateway().value());
      select.setString(2, Identity.epochText(key.epoch()));
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(new Journal(row.getInt(1), row.getLong(2), row.getLong(3)))
            : Optional.empty();
      }
    }
  }
}
