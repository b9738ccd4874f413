package city.mycelium.receiver.internal.store;

import city.mycelium.api.observation.OffsetRange;
import city.mycelium.dialect.senml.Acknowledgement.Refused;
import city.mycelium.receiver.internal.store.Deliveries.Delivery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The table {@code refusal}: messages that can never be taken, so that somebody can look at them.
 * One is told to its gateway for as long as what it would have covered is not covered otherwise.
 * Remembers what it has read and added.
 */
final class Refusals {

  /** More of a Destination are not kept: the oldest make room. */
  static final int MOST_KEPT = 100;

  private final Connection connection;
  private final Map<Delivery, List<Refused>> known = new HashMap<>();

  Refusals(Connection connection) {
    this.connection = connection;
  }

  /** Keeps a refusal; one that was kept before is counted again. */
  void add(Delivery delivery, Arrival.Unacceptable refused) throws SQLException {
    OffsetRange offsets = refused.coverage().covers();
    List<Refused> kept = of(delivery);
    try (PreparedStatement upsert =
        connection.prepareStatement(
            "INSERT INTO refusal (delivery_id, first_offset, last_offset, why, media_type, bytes,"
                + " head, times, first_at, last_at) VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, ?)"
                + " ON CONFLICT (delivery_id, first_offset, last_offset) DO UPDATE SET"
                + " why = excluded.why, media_type = excluded.media_type, bytes = excluded.bytes,"
                + " head = excluded.head, times = refusal.times + 1, last_at = excluded.last_at")) {
      upsert.setInt(1, delivery.id());
      upsert.setLong(2, offsets.first());
      upsert.setLong(3, offsets.last());
      upsert.setString(4, refused.why());
      upsert.setString(5, refused.sample().mediaType());
      upsert.setLong(6, refused.sample().bytes());
      upsert.setString(7, refused.sample().head());
      upsert.setLong(8, refused.sample().receivedAt());
      upsert.setLong(9, refused.sample().receivedAt());
      upsert.executeUpdate();
    }
    kept.removeIf(one -> one.offsets().equals(offsets));
    kept.add(new Refused(offsets, refused.why()));
    while (kept.size() > MOST_KEPT) {
      remove(delivery, kept.remove(0).offsets());
    }
  }

  /** What must be told: the refused offsets that are not covered, ascending and apart. */
  List<Refused> open(Delivery delivery, OffsetRanges covered) throws SQLException {
    List<Refused> open = new ArrayList<>();
    OffsetRanges settled = covered;
    for (Refused refused : of(delivery)) {
      for (OffsetRange hole : settled.holesIn(refused.offsets())) {
        open.add(new Refused(hole, refused.why()));
      }
      settled = settled.with(refused.offsets());
    }
    open.sort(Comparator.comparing(Refused::offsets));
    return open;
  }

  /** The oldest first. */
  private List<Refused> of(Delivery delivery) throws SQLException {
    List<Refused> refusals = known.get(delivery);
    if (refusals == null) {
      refusals = read(delivery);
      known.put(delivery, refusals);
    }
    return refusals;
  }

  private List<Refused> read(Delivery delivery) throws SQLException {
    List<Refused> refusals = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT first_offset, last_offset, why FROM refusal WHERE delivery_id = ?"
                + " ORDER BY last_at, first_offset")) {
      select.setInt(1, delivery.id());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          refusals.add(
              new Refused(new OffsetRange(row.getLong(1), row.getLong(2)), row.getString(3)));
        }
      }
    }
    return refusals;
  }

  private void remove(Delivery delivery, OffsetRange offsets) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM refusal WHERE delivery_id = ? AND first_offset = ? AND last_offset = ?")) {
      delete.setInt(1, delivery.id());
      delete.setLong(2, offsets.first());
      delete.setLong(3, offsets.last());
      delete.executeUpdate();
    }
  }
}
