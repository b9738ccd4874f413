package city.mycelium.receiver.internal.query;

import city.mycelium.api.journal.Predecessor;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.receiver.internal.store.OffsetRanges;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What each Destination has accounted for of each journal, with what it had accounted for of the
 * epochs that the journal goes on from. Read at once; there are few rows.
 */
final class Accounts {

  private final Map<Integer, List<Ancestor>> ancestors = new HashMap<>();
  private final Map<Integer, Map<String, Account>> own = new HashMap<>();

  /**
   * An epoch that a journal goes on from.
   *
   * @param id its row
   */
  record Ancestor(int id, Predecessor predecessor) {}

  /**
   * What a Destination has accounted for.
   *
   * @param dropped offsets that the gateway says it gave up unsent
   * @param messagesRefused how many messages could not be taken for good
   * @param refused what was in them
   */
  record Account(OffsetRanges covered, long dropped, long messagesRefused, OffsetRanges refused) {

    static final Account NONE = new Account(OffsetRanges.NONE, 0, 0, OffsetRanges.NONE);

    /** Refused and not covered in another way since. */
    long refusedOffsets() {
      return refused.ranges().stream().mapToLong(covered::missingIn).sum();
    }

    private Account after(Account earlier, long through) {
      return new Account(
          covered.with(earlier.covered.upTo(through)), dropped, messagesRefused, refused);
    }
  }

  private Accounts() {}

  static Accounts read(Connection connection) throws SQLException {
    Accounts accounts = new Accounts();
    accounts.readDeliveries(connection);
    accounts.readAncestors(connection);
    return accounts;
  }

  /** The epochs that a journal goes on from, the latest first. */
  List<Ancestor> ancestorsOf(int journal) {
    return ancestors.getOrDefault(journal, List.of());
  }

  /** The accounts of a journal by Destination. */
  Map<String, Account> of(int journal) {
    Map<String, Account> all = new TreeMap<>(own.getOrDefault(journal, Map.of()));
    for (Ancestor ancestor : ancestorsOf(journal)) {
      own.getOrDefault(ancestor.id(), Map.of())
          .forEach(
              (destination, earlier) ->
                  all.put(
                      destination,
                      all.getOrDefault(destination, Account.NONE)
                          .after(earlier, ancestor.predecessor().through())));
    }
    return all;
  }

  private void readDeliveries(Connection connection) throws SQLException {
    Map<Integer, List<OffsetRange>> covered = ranges(connection, "coverage");
    Map<Integer, List<OffsetRange>> refused = ranges(connection, "refusal");
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT id, journal_id, destination, dropped, refused FROM delivery");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        int id = row.getInt(1);
        own.computeIfAbsent(row.getInt(2), journal -> new TreeMap<>())
            .put(
                row.getString(3),
                new Account(
                    OffsetRanges.of(covered.getOrDefault(id, List.of())),
                    row.getLong(4),
                    row.getLong(5),
                    OffsetRanges.of(refused.getOrDefault(id, List.of()))));
      }
    }
  }

  private static Map<Integer, List<OffsetRange>> ranges(Connection connection, String table)
      throws SQLException {
    Map<Integer, List<OffsetRange>> ofDelivery = new HashMap<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT delivery_id, first_offset, last_offset FROM " + table);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        ofDelivery
            .computeIfAbsent(row.getInt(1), delivery -> new ArrayList<>())
            .add(new OffsetRange(row.getLong(2), row.getLong(3)));
      }
    }
    return ofDelivery;
  }

  private void readAncestors(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT journal_id, predecessor_id, epoch, through_offset FROM predecessor"
                    + " JOIN journal ON journal.id = predecessor.predecessor_id"
                    + " ORDER BY journal_id, place");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        ancestors
            .computeIfAbsent(row.getInt(1), journal -> new ArrayList<>())
            .add(
                new Ancestor(
                    row.getInt(2),
                    new Predecessor(Long.parseUnsignedLong(row.getString(3), 16), row.getLong(4))));
      }
    }
  }
}
