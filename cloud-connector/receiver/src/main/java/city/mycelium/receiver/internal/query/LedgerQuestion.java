package city.mycelium.receiver.internal.query;

import city.mycelium.api.journal.Predecessor;
import city.mycelium.receiver.internal.query.Accounts.Account;
import city.mycelium.receiver.internal.query.Accounts.Ancestor;
import city.mycelium.receiver.internal.store.OffsetRanges;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The receiver's half of a gateway's ledger, by epoch in the order in which they were first heard
 * of; empty if the gateway never was. Costs as much as there are Datastreams and ranges, not as
 * much as is held; only what lies beyond the point where a later epoch went on is counted row by
 * row.
 */
public record LedgerQuestion(String gateway)
    implements Archive.Question<List<LedgerQuestion.EpochLedger>> {

  /**
   * One epoch.
   *
   * @param stored Observations that are kept under its name
   * @param duplicatesDropped how many it brought that were held already
   * @param datastreams by name
   */
  public record EpochLedger(
      String epoch,
      List<Predecessor> predecessors,
      long stored,
      long duplicatesDropped,
      List<DestinationLedger> destinations,
      Map<String, Held> datastreams) {
    public EpochLedger {
      predecessors = List.copyOf(predecessors);
      destinations = List.copyOf(destinations);
      datastreams = Map.copyOf(datastreams);
    }
  }

  /**
   * What a Destination has accounted for of an epoch, before it as well.
   *
   * @param dropped offsets that the gateway says it gave up unsent
   * @param refused offsets that are not covered because what was sent of them cannot be taken
   * @param messagesRefused how many messages were refused for good, since ever
   */
  public record DestinationLedger(
      String destination, OffsetRanges covered, long dropped, long refused, long messagesRefused) {}

  /**
   * How many Observations of a Datastream are held.
   *
   * @param stored under the epoch's own name
   * @param inherited part of the epoch, but kept under the name of one that it goes on from
   */
  public record Held(long stored, long inherited) {

    private static final Held NONE = new Held(0, 0);

    private Held plus(long ofOwn, long ofEarlier) {
      return new Held(stored + ofOwn, inherited + ofEarlier);
    }
  }

  private record Journal(int id, String epoch, long stored, long duplicates) {}

  @Override
  public List<EpochLedger> ask(Connection connection) throws SQLException {
    Accounts accounts = Accounts.read(connection);
    List<EpochLedger> epochs = new ArrayList<>();
    for (Journal journal : journals(connection)) {
      epochs.add(
          new EpochLedger(
              journal.epoch(),
              accounts.ancestorsOf(journal.id()).stream().map(Ancestor::predecessor).toList(),
              journal.stored(),
              journal.duplicates(),
              destinations(accounts.of(journal.id())),
              held(connection, journal.id(), accounts.ancestorsOf(journal.id()))));
    }
    return epochs;
  }

  private List<Journal> journals(Connection connection) throws SQLException {
    List<Journal> journals = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id, epoch, stored, duplicates FROM journal WHERE gateway = ? ORDER BY id")) {
      select.setString(1, gateway);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          journals.add(
              new Journal(row.getInt(1), row.getString(2), row.getLong(3), row.getLong(4)));
        }
      }
    }
    return journals;
  }

  private static List<DestinationLedger> destinations(Map<String, Account> accounts) {
    List<DestinationLedger> destinations = new ArrayList<>();
    accounts.forEach(
        (destination, account) ->
            destinations.add(
                new DestinationLedger(
                    destination,
                    account.covered(),
                    account.dropped(),
                    account.refusedOffsets(),
                    account.messagesRefused())));
    return destinations;
  }

  private static Map<String, Held> held(
      Connection connection, int journal, List<Ancestor> ancestors) throws SQLException {
    Map<String, Held> held = new TreeMap<>();
    counted(connection, journal)
        .forEach((name, count) -> held.merge(name, Held.NONE.plus(count, 0), LedgerQuestion::sum));
    for (Ancestor ancestor : ancestors) {
      Map<String, Long> inherited = counted(connection, ancestor.id());
      beyond(connection, ancestor.id(), ancestor.predecessor().through())
          .forEach((name, count) -> inherited.merge(name, -count, Long::sum));
      inherited.forEach(
          (name, count) -> held.merge(name, Held.NONE.plus(0, count), LedgerQuestion::sum));
    }
    held.values().removeIf(Held.NONE::equals);
    return held;
  }

  private static Held sum(Held one, Held other) {
    return one.plus(other.stored(), other.inherited());
  }

  private static Map<String, Long> counted(Connection connection, int journal) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT name, SUM(stored) FROM holding"
                + " JOIN datastream ON datastream.id = holding.datastream_id"
                + " WHERE journal_id = ? GROUP BY name")) {
      select.setInt(1, journal);
      return counts(select);
    }
  }

  /** What a later epoch does not go on from: usually a few hours, since a backup was made. */
  private static Map<String, Long> beyond(Connection connection, int journal, long offset)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT name, COUNT(*) FROM observation"
                + " JOIN datastream ON datastream.id = observation.datastream_id"
                + " WHERE journal_id = ? AND journal_offset > ? GROUP BY name")) {
      select.setInt(1, journal);
      select.setLong(2, offset);
      return counts(select);
    }
  }

  private static Map<String, Long> counts(PreparedStatement select) throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        counts.put(row.getString(1), row.getLong(2));
      }
    }
    return counts;
  }
}
