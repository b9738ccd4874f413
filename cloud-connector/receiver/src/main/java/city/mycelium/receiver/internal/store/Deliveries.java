package city.mycelium.receiver.internal.store;

import city.mycelium.api.observation.GatewayId;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.receiver.internal.store.Journals.Journal;
import city.mycelium.receiver.internal.store.Lineages.Ancestor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tables {@code delivery} and {@code coverage}: which offsets of a journal a Destination has
 * accounted for. What it has accounted for of an earlier epoch counts as far as the journal goes on
 * from that one; it is looked up and not copied, so that it does not matter which of the two is
 * heard of last. Remembers what it has read and what this connection has changed.
 */
final class Deliveries {

  private final Connection connection;
  private final Lineages lineages;
  private final Map<Key, Delivery> known = new HashMap<>();
  private final Set<Delivery> changed = new LinkedHashSet<>();

  private record Key(int journal, String destination) {}

  /** One row with its ranges; as of the running transaction. */
  static final class Delivery {
    private final int id;
    private long dropped;
    private long refused;
    private OffsetRanges covered;
    private final List<OffsetRange> added = new ArrayList<>();

    private Delivery(int id, long dropped, long refused, OffsetRanges covered) {
      this.id = id;
      this.dropped = dropped;
      this.refused = refused;
      this.covered = covered;
    }

    int id() {
      return id;
    }
  }

  Deliveries(Connection connection, Lineages lineages) {
    this.connection = connection;
    this.lineages = lineages;
  }

  Optional<Delivery> find(Journal journal, String destination) throws SQLException {
    Key key = new Key(journal.id, destination);
    Delivery delivery = known.get(key);
    if (delivery == null) {
      Optional<Delivery> read = read(key);
      read.ifPresent(found -> known.put(key, found));
      return read;
    }
    return Optional.of(delivery);
  }

  /** Everything that a Destination has accounted for of a journal, in it or before it. */
  OffsetRanges covered(GatewayId gateway, Journal journal, String destination) throws SQLException {
    OffsetRanges covered =
        find(journal, destination).map(own -> own.covered).orElse(OffsetRanges.NONE);
    for (Ancestor ancestor : lineages.of(gateway, journal)) {
      Optional<Delivery> earlier = find(ancestor.journal(), destination);
      if (earlier.isPresent()) {
        covered = covered.with(earlier.get().covered.upTo(ancestor.through()));
      }
    }
    return covered;
  }

  /**
   * These offsets are accounted for.
   *
   * @param dropped how many of them the gateway gave up unsent. A pack that comes again must not
   *     count again: what it covers anew is the most that it can have dropped.
   */
  void cover(
      GatewayId gateway, Journal journal, String destination, OffsetRange covers, long dropped)
      throws SQLException {
    Delivery delivery = findOrAdd(journal, destination);
    long anew = covered(gateway, journal, destination).missingIn(covers);
    if (anew > 0) {
      delivery.covered = delivery.covered.with(covers);
      delivery.dropped += Math.min(dropped, anew);
      delivery.added.add(covers);
      changed.add(delivery);
    }
  }

  /** A message was refused. */
  void countRefused(Delivery delivery) {
    delivery.refused++;
    changed.add(delivery);
  }

  /** Writes each range that has grown over those that it has swallowed. */
  void flush() throws SQLException {
    try (PreparedStatement swallow =
            connection.prepareStatement(
                "DELETE FROM coverage WHERE delivery_id = ? AND first_offset BETWEEN ? AND ?");
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO coverage (delivery_id, first_offset, last_offset) VALUES (?, ?, ?)");
        PreparedStatement update =
            connection.prepareStatement(
                "UPDATE delivery SET dropped = ?, refused = ? WHERE id = ?")) {
      for (Delivery delivery : changed) {
        Set<OffsetRange> grown = new LinkedHashSet<>();
        for (OffsetRange range : delivery.added) {
          grown.add(delivery.covered.around(range.first()));
        }
        for (OffsetRange range : grown) {
          bind(swallow, delivery.id, range);
          bind(insert, delivery.id, range);
        }
        delivery.added.clear();
        update.setLong(1, delivery.dropped);
        update.setLong(2, delivery.refused);
        update.setInt(3, delivery.id);
        update.addBatch();
      }
      swallow.executeBatch();
      insert.executeBatch();
      update.executeBatch();
    }
    changed.clear();
  }

  private static void bind(PreparedStatement statement, int delivery, OffsetRange range)
      throws SQLException {
    statement.setInt(1, delivery);
    statement.setLong(2, range.first());
    statement.setLong(3, range.last());
    statement.addBatch();
  }

  Delivery findOrAdd(Journal journal, String destination) throws SQLException {
    Optional<Delivery> found = find(journal, destination);
    if (found.isPresent()) {
      return found.get();
    }
    Delivery delivery = new Delivery(Rows.nextId(connection, "delivery"), 0, 0, OffsetRanges.NONE);
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO delivery (id, journal_id, destination, dropped, refused)"
                + " VALUES (?, ?, ?, 0, 0)")) {
      insert.setInt(1, delivery.id);
      insert.setInt(2, journal.id);
      insert.setString(3, destination);
      insert.executeUpdate();
    }
    known.put(new Key(journal.id, destination), delivery);
    return delivery;
  }

  private Optional<Delivery> read(Key key) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id, dropped, refused FROM delivery WHERE journal_id = ? AND destination = ?")) {
      select.setInt(1, key.journal());
      select.setString(2, key.destination());
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Delivery(row.getInt(1), row.getLong(2), row.getLong(3), ranges(row.getInt(1))))
            : Optional.empty();
      }
    }
  }

  private OffsetRanges ranges(int delivery) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT first_offset, last_offset FROM coverage WHERE delivery_id = ?")) {
      select.setInt(1, delivery);
      List<OffsetRange> ranges = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          ranges.add(new OffsetRange(row.getLong(1), row.getLong(2)));
        }
      }
      return OffsetRanges.of(ranges);
    }
  }
}
