package city.mycelium.aggregation.internal;

import city.mycelium.aggregation.internal.fold.DayParts;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How windows are made.
 *
 * @param windows their lengths; see {@link WindowGrid}
 * @param dayParts the civil day, whose wall clock they are aligned to as well
 * @param holdback how long after its end a window is kept open for what is under way
 * @param allowedLateness how long after its end a window is re-opened for late data
 * @param checkpointEvery at the latest after this time what was read is made durable
 * @param rules from how much of its data a window is valid
 * @param functions what is told of a window, where it is not what {@link Functions} would: by the
 *     name of a property or the id of a Datastream
 */
public record AggregationSettings(
    List<Duration> windows,
    DayParts dayParts,
    Duration holdback,
    Duration allowedLateness,
    Duration checkpointEvery,
    CaptureRules rules,
    Map<String, List<String>> functions) {

  public static final AggregationSettings DEFAULT =
      new AggregationSettings(
          List.of(Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(1)),
          DayParts.of(ZoneId.of("Europe/Amsterdam")),
          Duration.ofSeconds(10),
          Duration.ofDays(1),
          Duration.ofMinutes(1),
          CaptureRules.EUROPEAN,
          Map.of());

  public AggregationSettings {
    windows = List.copyOf(windows);
    functions = Map.copyOf(functions);
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
    if (rules.silence().compareTo(allowedLateness) <= 0) {
      // Else a late word could change what was known before windows that are forgotten.
      throw new IllegalArgumentException(
          "windows of a silent Datastream are issued for longer than the allowed lateness of "
              + allowedLateness
              + ", not for "
              + rules.silence());
    }
    if (checkpointEvery.isNegative()) {
      throw new IllegalArgumentException("checkpointEvery is not negative");
    }
  }

  /** Whose wall clock the windows are aligned to. */
  ZoneId zone() {
    return dayParts.zone();
  }

  /** One grid for each length of window. */
  List<WindowGrid> grids() {
    return windows.stream().map(window -> new WindowGrid(window, zone())).toList();
  }
}
