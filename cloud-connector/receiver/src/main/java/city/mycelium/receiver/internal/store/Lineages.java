package city.mycelium.receiver.internal.store;

import city.mycelium.api.journal.Predecessor;
import city.mycelium.api.observation.GatewayId;
import city.mycelium.receiver.internal.store.Journals.Journal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The table {@code predecessor}: which epochs a journal goes on from, and up to where. Up to there
 * an offset names the same Observation in both; it is kept under the eldest of its names, so that
 * the key of the table of Observations recognises it whichever epoch brings it, and in whatever
 * order. Remembers what it has read and added.
 */
final class Lineages {

  private final Connection connection;
  private final Journals journals;
  private final Map<Journal, List<Ancestor>> known = new HashMap<>();

  /**
   * An epoch that a journal goes on from.
   *
   * @param through offsets 1 to this one are the same Observations in both
   */
  record Ancestor(Journal journal, long through) {}

  Lineages(Connection connection, Journals journals) {
    this.connection = connection;
    this.journals = journals;
  }

  /**
   * Keeps what a gateway tells of one of its journals. An epoch belongs to the gateway that names
   * it: whoever names that of another gateway has named one of its own, of which nothing is held.
   *
   * @param told the latest first, perhaps without the eldest ones: a message names only those that
   *     reach into what it covers
   */
  void learn(GatewayId gateway, Journal journal, List<Predecessor> told) throws SQLException {
    List<Ancestor> ancestors = of(gateway, journal);
    for (int place = ancestors.size(); place < told.size(); place++) {
      Predecessor earlier = told.get(place);
      Ancestor ancestor =
          new Ancestor(journals.findOrAdd(gateway, earlier.epoch()), earlier.through());
      if (ancestors.stream().noneMatch(one -> one.journal() == ancestor.journal())) {
        insert(journal, place, ancestor);
        ancestors.add(ancestor);
      }
    }
  }

  /** The epochs that a journal goes on from, the latest first. */
  List<Ancestor> of(GatewayId gateway, Journal journal) throws SQLException {
    List<Ancestor> ancestors = known.get(journal);
    if (ancestors == null) {
      ancestors = read(gateway, journal);
      known.put(journal, ancestors);
    }
    return ancestors;
  }

  /** Under which journal's name an offset of this journal is kept. */
  static Journal eldest(Journal journal, List<Ancestor> ancestors, long offset) {
    Journal eldest = journal;
    for (Ancestor ancestor : ancestors) {
      if (offset <= ancestor.through()) {
        eldest = ancestor.journal();
      }
    }
    return eldest;
  }

  private void insert(Journal journal, int place, Ancestor ancestor) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO predecessor (journal_id, place, predecessor_id, through_offset)"
                + " VALUES (?, ?, ?, ?)")) {
      insert.setInt(1, journal.id);
      insert.setInt(2, place);
      insert.setInt(3, ancestor.journal().id);
      insert.setLong(4, ancestor.through());
      insert.executeUpdate();
    }
  }

  private List<Ancestor> read(GatewayId gateway, Journal journal) throws SQLException {
    List<Ancestor> ancestors = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT epoch, through_offset FROM predecessor"
                + " JOIN journal ON journal.id = predecessor.predecessor_id"
                + " WHERE journal_id = ? ORDER BY place")) {
      select.setInt(1, journal.id);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          long epoch = Long.parseUnsignedLong(row.getString(1), 16);
          ancestors.add(new Ancestor(journals.findOrAdd(gateway, epoch), row.getLong(2)));
        }
      }
    }
    return ancestors;
  }
}
