package city.mycelium.receiver.internal.query;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a Datastream said over a time, in its order, one page at a time. Of the Summaries of a
 * window only the highest revision is there (docs/wire.md, 3).
 *
 * @param from phenomenonTime begins here or later, UTC epoch milliseconds
 * @param to phenomenonTime begins before this
 * @param after the last place of the page before; null for the first page
 * @param limit how many Observations a page holds at most
 */
public record SeriesQuestion(
    String gateway, String name, long from, long to, @Nullable Place after, int limit)
    implements Archive.Question<SeriesQuestion.Page> {

  private static final String SQL =
      "SELECT o.journal_id, "
          + StoredObservation.COLUMNS
          + " FROM observation o LEFT JOIN journal j ON j.id = o.journal_id"
          + " WHERE o.datastream_id = ? AND o.phenomenon_from >= ? AND o.phenomenon_from < ?"
          + " AND (o.phenomenon_from, o.journal_id, o.journal_offset) > (?, ?, ?)"
          + " AND (o.kind <> 'summary' OR NOT EXISTS (SELECT 1 FROM observation n"
          + "  WHERE n.datastream_id = o.datastream_id AND n.phenomenon_from = o.phenomenon_from"
          + "  AND n.phenomenon_to = o.phenomenon_to AND n.kind = 'summary'"
          + "  AND (n.revision, n.journal_id, n.journal_offset)"
          + "   > (o.revision, o.journal_id, o.journal_offset)))"
          + " ORDER BY o.phenomenon_from, o.journal_id, o.journal_offset LIMIT ?";

  /** Where an Observation stands in every series: by time, then by identity. */
  public record Place(long from, int journal, long offset) implements Comparable<Place> {

    private static final Comparator<Place> ORDER =
        Comparator.comparingLong(Place::from)
            .thenComparingInt(Place::journal)
            .thenComparingLong(Place::offset);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  /** An Observation with what its numbers mean and where it stands. */
  public record Entry(Place place, StoredDatastream datastream, StoredObservation observation) {}

  /**
   * Some of the series.
   *
   * @param known whether there is such a Datastream at all
   * @param next the place to go on after; empty if this is the last page
   */
  public record Page(boolean known, List<Entry> entries, Optional<Place> next) {
    public Page {
      entries = List.copyOf(entries);
    }
  }

  /** A name that has had several meanings is several rows: their series are merged. */
  @Override
  public Page ask(Connection connection) throws SQLException {
    List<StoredDatastream> meanings = new DatastreamsQuestion(gateway, name).ask(connection);
    List<Entry> found = new ArrayList<>();
    for (StoredDatastream meaning : meanings) {
      found.addAll(read(connection, meaning));
    }
    found.sort(Comparator.comparing(Entry::place));
    boolean more = found.size() > limit;
    List<Entry> entries = more ? found.subList(0, limit) : found;
    return new Page(
        !meanings.isEmpty(),
        entries,
        more ? Optional.of(entries.get(limit - 1).place()) : Optional.empty());
  }

  /** One more than a page, to see whether there is a next one. */
  private List<Entry> read(Connection connection, StoredDatastream datastream) throws SQLException {
    Place start = after == null ? new Place(from, 0, 0) : after;
    try (PreparedStatement select = connection.prepareStatement(SQL)) {
      select.setInt(1, datastream.id());
      select.setLong(2, from);
      select.setLong(3, to);
      select.setLong(4, start.from());
      select.setInt(5, start.journal());
      select.setLong(6, start.offset());
      select.setInt(7, limit + 1);
      List<Entry> entries = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          StoredObservation observation = StoredObservation.read(row);
          Place place =
              new Place(observation.from(), row.getInt("journal_id"), observation.offset());
          entries.add(new Entry(place, datastream, observation));
        }
      }
      return entries;
    }
  }
}
