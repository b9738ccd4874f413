package city.mycelium.journal.internal;

import city.mycelium.api.journal.Tally;
import city.mycelium.api.journal.TallySheet;
import city.mycelium.api.observation.DatastreamId;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * A {@link TallySheet} by the journal's own numbers of Datastreams, and as few bytes. Immutable.
 *
 * <p>Packed: per row, in the order of the numbers, a varint (the number less the one before), a
 * byte with a bit for each count that is not zero, and those counts as varints; {@link Sealed}.
 */
final class Sheet {

  static final Sheet EMPTY = new Sheet(new TreeMap<>());

  private final NavigableMap<Integer, Tally> rows;

  private Sheet(NavigableMap<Integer, Tally> rows) {
    this.rows = Collections.unmodifiableNavigableMap(rows);
  }

  static Sheet of(Map<Integer, Tally> rows) {
    NavigableMap<Integer, Tally> sorted = new TreeMap<>(rows);
    sorted.values().removeIf(Tally.NONE::equals);
    return new Sheet(sorted);
  }

  static Sheet of(TallySheet sheet, ToIntFunction<DatastreamId> numberOf) {
    NavigableMap<Integer, Tally> rows = new TreeMap<>();
    sheet.byDatastream().forEach((name, tally) -> rows.put(numberOf.applyAsInt(name), tally));
    return of(rows);
  }

  /** What was lost: the Datastream of each offset, from an index on. */
  static Sheet lost(int[] datastreams, int from, int to, Loss why) {
    Map<Integer, Long> counts = new TreeMap<>();
    for (int i = from; i < to; i++) {
      counts.merge(datastreams[i], 1L, Long::sum);
    }
    NavigableMap<Integer, Tally> rows = new TreeMap<>();
    counts.forEach((datastream, count) -> rows.put(datastream, why.tally(count)));
    return new Sheet(rows);
  }

  /** By number of the Datastream; without rows that count nothing. */
  NavigableMap<Integer, Tally> rows() {
    return rows;
  }

  /** How many offsets each Datastream has in it, whatever became of them. */
  Map<Integer, Long> counts() {
    Map<Integer, Long> counts = new TreeMap<>();
    rows.forEach((datastream, tally) -> counts.put(datastream, tally.total()));
    return counts;
  }

  Tally of(int datastream) {
    return rows.getOrDefault(datastream, Tally.NONE);
  }

  Tally total() {
    return rows.values().stream().reduce(Tally.NONE, Tally::plus);
  }

  Sheet plus(Sheet other) {
    if (other.rows.isEmpty()) {
      return this;
    }
    NavigableMap<Integer, Tally> sum = new TreeMap<>(rows);
    other.rows.forEach((datastream, tally) -> sum.merge(datastream, tally, Tally::plus));
    return new Sheet(sum);
  }

  /** The same with another row in place of a Datastream's. */
  Sheet with(int datastream, Tally tally) {
    NavigableMap<Integer, Tally> changed = new TreeMap<>(rows);
    changed.put(datastream, tally);
    return of(changed);
  }

  TallySheet named(DatastreamNames names) throws DamagedBlockException {
    Map<DatastreamId, Tally> named = new TreeMap<>();
    for (Map.Entry<Integer, Tally> row : rows.entrySet()) {
      named.put(names.nameOf(row.getKey()), row.getValue());
    }
    return new TallySheet(named);
  }

  /** Packed, and sealed together with what stands beside it; see {@link Sealed#seal}. */
  byte[] toBytes(Object... with) {
    ByteSink body = new ByteSink(rows.size() * 4);
    int before = 0;
    for (Map.Entry<Integer, Tally> row : rows.entrySet()) {
      body.varint(row.getKey() - before);
      before = row.getKey();
      long[] counts = counts(row.getValue());
      int present = 0;
      for (int i = 0; i < counts.length; i++) {
        present |= counts[i] == 0 ? 0 : 1 << i;
      }
      body.u8(present);
      for (long count : counts) {
        if (count != 0) {
          body.varint(count);
        }
      }
    }
    return Sealed.seal(body.toByteArray(), with);
  }

  static Sheet fromBytes(byte[] bytes, Object... with) throws DamagedBlockException {
    ByteSource body = Sealed.open(bytes, with);
    NavigableMap<Integer, Tally> rows = new TreeMap<>();
    int number = 0;
    while (body.remaining() > 0) {
      number += body.varint(0, Integer.MAX_VALUE - number, "a datastream's number");
      int present = body.u8();
      long[] counts = new long[7];
      for (int i = 0; i < counts.length; i++) {
        counts[i] = (present & 1 << i) == 0 ? 0 : body.varint();
      }
      rows.put(number, tally(counts));
    }
    return new Sheet(rows);
  }

  /** In the order in which they stand in a sheet and in a cursor's row; on disk. */
  static long[] counts(Tally tally) {
    return new long[] {
      tally.delivered(),
      tally.withheld(),
      tally.unselected(),
      tally.expired(),
      tally.crowdedOut(),
      tally.refused(),
      tally.damaged()
    };
  }

  static Tally tally(long[] counts) throws DamagedBlockException {
    try {
      return new Tally(counts[0], counts[1], counts[2], counts[3], counts[4], counts[5], counts[6]);
    } catch (IllegalArgumentException e) {
      // The record checks itself: what it refuses was never written.
      throw new DamagedBlockException("it holds an impossible count: " + e.getMessage(), e);
    }
  }
}
