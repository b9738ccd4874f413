package city.mycelium.receiver.internal.query;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which Datastreams are known, by gateway and name. One that changed its property or unit is there
 * once for each, the newest last.
 *
 * @param gateway only those of this gateway; null for all
 * @param name only those of this name; null for all
 */
public record DatastreamsQuestion(@Nullable String gateway, @Nullable String name)
    implements Archive.Question<List<StoredDatastream>> {

  @Override
  public List<StoredDatastream> ask(Connection connection) throws SQLException {
    List<String> wanted = new ArrayList<>();
    StringBuilder sql =
        new StringBuilder("SELECT " + StoredDatastream.COLUMNS + " FROM datastream d WHERE 1 = 1");
    if (gateway != null) {
      sql.append(" AND d.gateway = ?");
      wanted.add(gateway);
    }
    if (name != null) {
      sql.append(" AND d.name = ?");
      wanted.add(name);
    }
    sql.append(" ORDER BY d.gateway, d.name, d.id");
    try (PreparedStatement select = connection.prepareStatement(sql.toString())) {
      for (int i = 0; i < wanted.size(); i++) {
        select.setString(i + 1, wanted.get(i));
      }
      List<StoredDatastream> found = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.add(StoredDatastream.read(row));
        }
      }
      return found;
    }
  }
}
