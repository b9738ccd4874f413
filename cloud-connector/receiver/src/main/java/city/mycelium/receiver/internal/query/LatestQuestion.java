package city.mycelium.receiver.internal.query;

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
 * The newest Observation of each Datastream that has one, by gateway and name.
 *
 * @param gateway only those of this gateway; null for all
 */
public record LatestQuestion(@Nullable String gateway)
    implements Archive.Question<Collection<LatestQuestion.Latest>> {

  /** A Datastream and the newest that it says. */
  public record Latest(StoredDatastream datastream, StoredObservation observation) {}

  /**
   * Of several with the newest phenomenonTime, the last one counts: the highest revision, then what
   * the newest journal took last.
   *
   * <p>The outer joins are for SQLite, which would otherwise begin with the Observations and read
   * all of them; from the Datastreams it takes one step into the index for each.
   */
  @Override
  public Collection<Latest> ask(Connection connection) throws SQLException {
    String sql =
        "SELECT "
            + StoredDatastream.COLUMNS
            + ", "
            + StoredObservation.COLUMNS
            + " FROM datastream d"
            + " LEFT JOIN observation o ON o.datastream_id = d.id AND o.phenomenon_from ="
            + " (SELECT MAX(n.phenomenon_from) FROM observation n WHERE n.datastream_id = d.id)"
            + " LEFT JOIN journal j ON j.id = o.journal_id"
            + (gateway == null ? "" : " WHERE d.gateway = ?")
            + " ORDER BY d.gateway, d.name, d.id,"
            + " COALESCE(o.revision, 0), o.journal_id, o.journal_offset";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      if (gateway != null) {
        select.setString(1, gateway);
      }
      Map<Integer, Latest> latest = new LinkedHashMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          if (row.getString("epoch") != null) {
            StoredDatastream datastream = StoredDatastream.read(row);
            latest.put(datastream.id(), new Latest(datastream, StoredObservation.read(row)));
          }
        }
      }
      return List.copyOf(latest.values());
    }
  }
}
