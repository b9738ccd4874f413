package city.mycelium.receiver.internal.store;

import city.mycelium.api.observation.Result.Position;
import city.mycelium.dialect.senml.Status.ToldThing;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table {@code thing}: what this recipient may know of the Things, and where they are. */
final class Things {

  private final Connection connection;

  Things(Connection connection) {
    this.connection = connection;
  }

  /** What is told of a route's Things is all that may be known of them: the rest is forgotten. */
  void replace(Route route, List<ToldThing> things) throws SQLException {
    try (PreparedStatement forget =
            connection.prepareStatement("DELETE FROM thing WHERE gateway = ? AND destination = ?");
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO thing"
                    + " (gateway, destination, thing, name, latitude, longitude, altitude)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
      forget.setString(1, route.gateway().value());
      forget.setString(2, route.destination());
      forget.executeUpdate();
      for (ToldThing thing : things) {
        Position location = thing.location();
        insert.setString(1, route.gateway().value());
        insert.setString(2, route.destination());
        insert.setString(3, thing.id().value());
        insert.setString(4, thing.name());
        bind(insert, 5, location == null ? null : location.latitude());
        bind(insert, 6, location == null ? null : location.longitude());
        bind(insert, 7, location == null ? null : location.altitude());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static void bind(PreparedStatement statement, int parameter, @Nullable Double value)
      throws SQLException {
    if (value == null) {
      statement.setNull(parameter, Types.DOUBLE);
    } else {
      statement.setDouble(parameter, value);
    }
  }
}
