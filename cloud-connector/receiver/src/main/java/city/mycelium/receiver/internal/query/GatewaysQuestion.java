package city.mycelium.receiver.internal.query;

import city.mycelium.receiver.internal.query.Accounts.Account;
import city.mycelium.receiver.internal.store.OffsetRanges;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is held of every journal of every gateway, by gateway and in the order in which the journals
 * were first heard of.
 *
 * @param audit whether the Observations are counted one by one as well; that takes time in
 *     proportion to how many there are
 */
public record GatewaysQuestion(boolean audit)
    implements Archive.Question<List<GatewaysQuestion.Holding>> {

  /**
   * What is held of one epoch of one gateway.
   *
   * @param stored Observations held, as counted at each commit
   * @param duplicatesDropped how many came again and were not stored again
   * @param counted the same found by counting rows; null unless asked for
   */
  public record Holding(
      String gateway,
      String epoch,
      long stored,
      long duplicatesDropped,
      List<Delivered> deliveries,
      @Nullable Counted counted) {
    public Holding {
      deliveries = List.copyOf(deliveries);
    }
  }

  /**
   * What a Destination has accounted for, also before the epoch as far as that goes on from there.
   *
   * @param dropped offsets that the gateway says it gave up unsent
   */
  public record Delivered(String destination, OffsetRanges covered, long dropped) {}

  /**
   * What counting found.
   *
   * @param rows Observations in the table
   * @param identities how many different identities they have; fewer than rows would mean that
   *     something is stored twice
   */
  public record Counted(long rows, long identities) {}

  @Override
  public List<Holding> ask(Connection connection) throws SQLException {
    Accounts accounts = Accounts.read(connection);
    Map<Integer, Counted> counted = audit ? counted(connection) : Map.of();
    List<Holding> holdings = new ArrayList<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT id, gateway, epoch, stored, duplicates FROM journal ORDER BY gateway, id");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        int id = row.getInt(1);
        holdings.add(
            new Holding(
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                row.getLong(5),
                delivered(accounts.of(id)),
                audit ? counted.getOrDefault(id, new Counted(0, 0)) : null));
      }
    }
    return holdings;
  }

  private static List<Delivered> delivered(Map<String, Account> accounts) {
    List<Delivered> delivered = new ArrayList<>();
    accounts.forEach(
        (destination, account) ->
            delivered.add(new Delivered(destination, account.covered(), account.dropped())));
    return delivered;
  }

  private static Map<Integer, Counted> counted(Connection connection) throws SQLException {
    Map<Integer, Counted> ofJournal = new HashMap<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT journal_id, COUNT(*), COUNT(DISTINCT journal_offset) FROM observation"
                    + " GROUP BY journal_id");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        ofJournal.put(row.getInt(1), new Counted(row.getLong(2), row.getLong(3)));
      }
    }
    return ofJournal;
  }
}
