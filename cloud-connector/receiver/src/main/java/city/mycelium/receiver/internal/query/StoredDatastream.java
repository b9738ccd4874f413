package city.mycelium.receiver.internal.query;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A Datastream as the receiver knows it. What a gateway did not tell is null.
 *
 * @param name its id on its gateway
 * @param property name of the observed property
 * @param unit UCUM code
 * @param definition URI of what the property means
 * @param samplingPeriod ISO 8601 duration, like {@code window}
 */
public record StoredDatastream(
    int id,
    String gateway,
    String name,
    @Nullable String property,
    @Nullable String unit,
    @Nullable String definition,
    @Nullable String thing,
    @Nullable String samplingPeriod,
    @Nullable String window) {

  /** Columns of the table {@code datastream d} that {@link #read} needs. */
  static final String COLUMNS =
      "d.id AS datastream_id, d.gateway, d.name, d.property, d.unit, d.definition, d.thing,"
          + " d.sampling_period, d.window_length";

  static StoredDatastream read(ResultSet row) throws SQLException {
    return new StoredDatastream(
        row.getInt("datastream_id"),
        row.getString("gateway"),
        row.getString("name"),
        told(row.getString("property")),
        told(row.getString("unit")),
        row.getString("definition"),
        row.getString("thing"),
        row.getString("sampling_period"),
        row.getString("window_length"));
  }

  private static @Nullable String told(String text) {
    return text.isEmpty() ? null : text;
  }
}
