package city.mycelium.api.journal;

import city.mycelium.api.observation.DatastreamId;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A {@link Tally} per Datastream. Immutable.
 *
 * @param byDatastream in the order of the ids; without rows that count nothing
 */
public record TallySheet(Map<DatastreamId, Tally> byDatastream) {

  public static final TallySheet EMPTY = new TallySheet(Map.of());

  public TallySheet {
    TreeMap<DatastreamId, Tally> rows = new TreeMap<>(byDatastream);
    rows.values().removeIf(Tally.NONE::equals);
    byDatastream = Collections.unmodifiableMap(rows);
  }

  /** A sheet of one row. */
  public static TallySheet of(DatastreamId datastream, Tally tally) {
    return new TallySheet(Map.of(datastream, tally));
  }

  /** The row of a Datastream; all zero if it has none. */
  public Tally of(DatastreamId datastream) {
    return byDatastream.getOrDefault(datastream, Tally.NONE);
  }

  /** All rows together. */
  public Tally total() {
    return byDatastream.values().stream().reduce(Tally.NONE, Tally::plus);
  }

  public TallySheet plus(TallySheet other) {
    Map<DatastreamId, Tally> sum = new TreeMap<>(byDatastream);
    other.byDatastream.forEach((datastream, tally) -> sum.merge(datastream, tally, Tally::plus));
    return new TallySheet(sum);
  }
}
