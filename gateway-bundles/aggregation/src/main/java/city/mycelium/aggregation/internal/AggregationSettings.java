package city.mycelium.aggregation.internal;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/**
 * How windows are made.
 *
 * @param windows their lengths, each a divisor of an hour
 * @param zone whose wall clock they are aligned to
 * @param holdback how long after its end a window is kept open for what is under way
 * @param allowedLateness how long after its end a window is re-opened for late data
 * @param checkpointEvery at the latest after this time what was read is made durable
 */
public record AggregationSettings(
    List<Duration> windows,
    ZoneId zone,
    Duration holdback,
    Duration allowedLateness,
    Duration checkpointEvery) {

  public static final AggregationSettings DEFAULT =
      new AggregationSettings(
          List.of(Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(1)),
          ZoneId.of("Europe/Amsterdam"),
          Duration.ofSeconds(10),
          Duration.ofDays(1),
          Duration.ofMinutes(1));

  public AggregationSettings {
    windows = List.copyOf(windows);
    windows.forEach(WindowGrid::requireLength);
    if (Set.copyOf(windows).size() != windows.size()) {
      throw new IllegalArgumentException("every length of window is given once, not " + windows);
    }
    if (holdback.isNegative() || allowedLateness.compareTo(holdback) < 0) {
      throw new IllegalArgumentException(
          "0 <= holdback <= allowed lateness, but they are "
              + holdback
              + " and "
              + allowedLateness);
    }
    if (checkpointEvery.isNegative()) {
      throw new IllegalArgumentException("checkpointEvery is not negative");
    }
  }

  /** One grid for each length of window. */
  List<WindowGrid> grids() {
    return windows.stream().map(window -> new WindowGrid(window, zone)).toList();
  }
}
