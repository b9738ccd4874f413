package city.mycelium.receiver.internal.store;

import city.mycelium.api.observation.GatewayId;
import city.mycelium.api.observation.Unit;
import city.mycelium.dialect.senml.SenmlPack;
import city.mycelium.dialect.senml.Status.ToldDatastream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table {@code datastream}: what the numbers mean. Remembers the rows that it has met. */
final class Datastreams {

  private final Connection connection;
  private final Map<Key, Integer> known = new HashMap<>();

  /** What was not told is empty. */
  private record Key(GatewayId gateway, String name, String property, String unit) {}

  Datastreams(Connection connection) {
    this.connection = connection;
  }

  /** The row that this entry belongs to, a new one if it is the first of its kind. */
  int idOf(GatewayId gateway, SenmlPack.Entry entry) throws SQLException {
    String property = entry.property();
    Unit unit = entry.unit();
    return idOf(
        new Key(
            gateway,
            entry.observation().datastream().value(),
            property == null ? "" : property,
            unit == null ? "" : unit.code()));
  }

  /** Keeps what a gateway tells of a Datastream besides its Observations. */
  void describe(GatewayId gateway, ToldDatastream told) throws SQLException {
    int id = idOf(new Key(gateway, told.id().value(), told.property(), told.unit().code()));
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE datastream SET definition = ?, thing = ?, sampling_period = ?,"
                + " window_length = ? WHERE id = ?")) {
      update.setString(1, told.definition().toString());
      update.setString(2, told.thing().value());
      update.setString(3, text(told.samplingPeriod()));
      update.setString(4, text(told.window()));
      update.setInt(5, id);
      update.executeUpdate();
    }
  }

  private static @Nullable String text(@Nullable Duration duration) {
    return duration == null ? null : duration.toString();
  }

  private int idOf(Key key) throws SQLException {
    Integer id = known.get(key);
    if (id == null) {
      id = readOrAdd(key);
      known.put(key, id);
    }
    return id;
  }

  private int readOrAdd(Key key) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id FROM datastream"
                + " WHERE gateway = ? AND name = ? AND property = ? AND unit = ?")) {
      bind(select, 1, key);
      try (ResultSet row = select.executeQuery()) {
        if (row.next()) {
          return row.getInt(1);
        }
      }
    }
    int id = Rows.nextId(connection, "datastream");
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO datastream (id, gateway, name, property, unit) VALUES (?, ?, ?, ?, ?)")) {
      insert.setInt(1, id);
      bind(insert, 2, key);
      insert.executeUpdate();
    }
    return id;
  }

  private static void bind(PreparedStatement statement, int first, Key key) throws SQLException {
    statement.setString(first, key.gateway().value());
    statement.setString(first + 1, key.name());
    statement.setString(first + 2, key.property());
    statement.setString(first + 3, key.unit());
  }
}
