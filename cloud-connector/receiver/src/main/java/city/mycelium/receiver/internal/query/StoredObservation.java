package city.mycelium.receiver.internal.query;

import city.mycelium.receiver.internal.store.ResultColumns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.stream.Collectors;

/**
 * An Observation as the receiver holds it.
 *
 * @param epoch 16 hexadecimal digits
 * @param from start of phenomenonTime, UTC epoch milliseconds like all times here
 * @param to its end, the same as {@code from} for an instant
 * @param receivedAt when the gateway got it
 * @param quality {@code good} or {@code suspect}
 */
public record StoredObservation(
    String epoch,
    long offset,
    long from,
    long to,
    long receivedAt,
    String quality,
    ResultColumns result) {

  /** Columns of the tables {@code observation o} and {@code journal j} that {@link #read} needs. */
  static final String COLUMNS =
      "j.epoch, o.journal_offset, o.phenomenon_from, o.phenomenon_to, o.received_at, o.quality, "
          + ResultColumns.NAMES.stream().map(name -> "o." + name).collect(Collectors.joining(", "));

  static StoredObservation read(ResultSet row) throws SQLException {
    return new StoredObservation(
        row.getString("epoch"),
        row.getLong("journal_offset"),
        row.getLong("phenomenon_from"),
        row.getLong("phenomenon_to"),
        row.getLong("received_at"),
        row.getString("quality"),
        ResultColumns.read(row));
  }
}
