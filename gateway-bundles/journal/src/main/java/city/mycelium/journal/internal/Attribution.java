package city.mycelium.journal.internal;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Whose the offsets were that can no longer be read. Nobody knows of a single one, but wherever a
 * sheet tells how many of each Datastream there were up to an offset, what lies between two such
 * places is the difference, and what of it can be read is known: the rest is what was lost. Given
 * out in that number, every account balances again. Datastreams are the journal's numbers. For one
 * thread.
 */
final class Attribution {

  /** By the offset that they end with: what is not accounted for since the one before. */
  private final NavigableMap<Long, Map<Integer, Long>> missing = new TreeMap<>();

  /**
   * Begins with what is known.
   *
   * @param sheets by an offset, how many of each Datastream there were up to it; one that does not
   *     add up to its offset, or contradicts the one before, is not used
   */
  Attribution(NavigableMap<Long, Map<Integer, Long>> sheets) {
    Map<Integer, Long> before = Map.of();
    for (Map.Entry<Long, Map<Integer, Long>> sheet : sheets.entrySet()) {
      Map<Integer, Long> counts = sheet.getValue();
      if (addsUp(sheet.getKey(), counts) && growsFrom(before, counts)) {
        missing.put(sheet.getKey(), difference(before, counts));
        before = counts;
      }
    }
  }

  private static boolean addsUp(long offset, Map<Integer, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum() == offset;
  }

  private static boolean growsFrom(Map<Integer, Long> before, Map<Integer, Long> after) {
    return before.entrySet().stream()
        .allMatch(row -> after.getOrDefault(row.getKey(), 0L) >= row.getValue());
  }

  private static Map<Integer, Long> difference(
      Map<Integer, Long> before, Map<Integer, Long> after) {
    Map<Integer, Long> rest = new TreeMap<>(after);
    before.forEach((datastream, count) -> rest.merge(datastream, -count, Long::sum));
    rest.values().removeIf(count -> count == 0);
    return rest;
  }

  /** These offsets can be read, and belong to these Datastreams. */
  void found(long first, int[] datastreams) {
    for (int i = 0; i < datastreams.length; i++) {
      Map.Entry<Long, Map<Integer, Long>> stretch = missing.ceilingEntry(first + i);
      if (stretch != null) {
        stretch
            .getValue()
            .computeIfPresent(datastreams[i], (d, count) -> count > 1 ? count - 1 : null);
      }
    }
  }

  /**
   * The Datastreams that a lost run of offsets is said to be of. To be asked once per run, after
   * everything was {@link #found}.
   */
  int[] lost(long first, int size) {
    int[] datastreams = new int[size];
    Arrays.fill(datastreams, Dictionary.UNKNOWN);
    for (int i = 0; i < size; i++) {
      Map.Entry<Long, Map<Integer, Long>> stretch = missing.ceilingEntry(first + i);
      if (stretch != null) {
        datastreams[i] = takeOne(stretch.getValue());
      }
    }
    return datastreams;
  }

  private static int takeOne(Map<Integer, Long> from) {
    Iterator<Map.Entry<Integer, Long>> rows = from.entrySet().iterator();
    if (!rows.hasNext()) {
      return Dictionary.UNKNOWN;
    }
    Map.Entry<Integer, Long> row = rows.next();
    int datastream = row.getKey();
    if (row.getValue() > 1) {
      row.setValue(row.getValue() - 1);
    } else {
      rows.remove();
    }
    return datastream;
  }
}
