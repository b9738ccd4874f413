package city.mycelium.receiver.internal.query;

import city.mycelium.api.observation.Result.Position;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which Things are known and where they are, by gateway and id. Where several Destinations of a
 * gateway tell of a Thing, one that tells its place is preferred.
 */
public record ThingsQuestion() implements Archive.Question<Collection<ThingsQuestion.StoredThing>> {

  private record Key(String gateway, String id) {}

  /**
   * What is known of a Thing.
   *
   * @param location null if it may not be told or is not known
   */
  public record StoredThing(String gateway, String id, String name, @Nullable Position location) {}

  @Override
  public Collection<StoredThing> ask(Connection connection) throws SQLException {
    Map<Key, StoredThing> things = new LinkedHashMap<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT gateway, thing, name, latitude, longitude, altitude FROM thing"
                    + " ORDER BY gateway, thing, destination");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        StoredThing thing =
            new StoredThing(row.getString(1), row.getString(2), row.getString(3), location(row));
        things.merge(
            new Key(thing.gateway(), thing.id()),
            thing,
            (before, other) -> before.location() == null ? other : before);
      }
    }
    return List.copyOf(things.values());
  }

  private static @Nullable Position location(ResultSet row) throws SQLException {
    double latitude = row.getDouble(4);
    if (row.wasNull()) {
      return null;
    }
    double longitude = row.getDouble(5);
    double altitude = row.getDouble(6);
    return new Position(latitude, longitude, row.wasNull() ? null : altitude);
  }
}
