package city.mycelium.dialect.citizen.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which offsets went into the report of which interval, as the dialect's state: what is sent again
 * goes into the same report, and what comes later finds it written. For one thread.
 *
 * <p>Remembers the {@value #MOST} intervals that are latest in time: it is written to the medium
 * with each report, so it is kept short.
 */
final class WowReports {

  private static final int MOST = 48;
  private static final String VERSION = "wow 1";

  private final SortedMap<Long, TreeSet<Long>> reports = new TreeMap<>();

  /** As {@link #toBytes} wrote it; begun anew from anything else. */
  static WowReports of(byte[] state) {
    WowReports reports = new WowReports();
    List<String> lines = new String(state, StandardCharsets.UTF_8).lines().toList();
    if (lines.isEmpty() || !lines.get(0).equals(VERSION)) {
      return reports;
    }
    try {
      for (String line : lines.subList(1, lines.size())) {
        int space = line.indexOf(' ');
        TreeSet<Long> offsets = new TreeSet<>();
        for (String each : List.of(line.substring(space + 1).split(",", -1))) {
          offsets.add(Long.valueOf(each));
        }
        reports.reports.put(Long.valueOf(line.substring(0, space)), offsets);
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) { // damaged: begin anew
      return new WowReports();
    }
    return reports;
  }

  /** Whether there is a report of that interval without it. */
  boolean isClosedTo(long interval, long offset) {
    TreeSet<Long> offsets = reports.get(interval);
    return offsets != null && !offsets.contains(offset);
  }

  /** A report is about to be sent; one that goes again may carry less than it did. */
  void sent(long interval, List<Long> offsets) {
    reports.computeIfAbsent(interval, key -> new TreeSet<>()).addAll(offsets);
    while (reports.size() > MOST) {
      reports.remove(reports.firstKey());
    }
  }

  byte[] toBytes() {
    List<String> lines = new ArrayList<>(List.of(VERSION));
    reports.forEach(
        (interval, offsets) ->
            lines.add(
                interval + " " + String.join(",", offsets.stream().map(String::valueOf).toList())));
    return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
  }
}
