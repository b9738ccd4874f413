package city.mycelium.dialect.ngsild.internal;

import city.mycelium.api.observation.Result;
import java.util.Comparator;

/**
 * How new a value is: by its time, then by its revision, then by its place in the journal.
 *
 * @param to end of its time, UTC epoch milliseconds
 * @param revision of a window; 0 of what is none
 */
record Freshness(long to, long from, int revision, long offset) implements Comparable<Freshness> {

  private static final Comparator<Freshness> ORDER =
      Comparator.comparingLong(Freshness::to)
          .thenComparingLong(Freshness::from)
          .thenComparingInt(Freshness::revision)
          .thenComparingLong(Freshness::offset);

  static Freshness of(Value value) {
    return new Freshness(
        value.time().to(),
        value.time().from(),
        value.summary().map(Result.Summary::revision).orElse(0),
        value.offset());
  }

  @Override
  public int compareTo(Freshness other) {
    return ORDER.compare(this, other);
  }
}
