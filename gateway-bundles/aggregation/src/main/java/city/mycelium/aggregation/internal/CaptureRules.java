package city.mycelium.aggregation.internal;

import java.time.Duration;
import java.util.Set;

/**
 * From how much of its data a window is valid. The default is that of the European air quality
 * directive (2008/50/EC, Annex VII, A.2, and Annex XI).
 *
 * @param percent of the expected results, for a window that is made of measurements
 * @param hoursOfEight valid hours, for a mean over eight of them
 * @param eightsOfDay valid means over eight hours, for the greatest of a day
 * @param emptyFrom windows at least this long are issued also when nothing came, where something
 *     was expected
 * @param silence after this long without a word a Datastream's windows are issued no more, until it
 *     speaks again
 * @param eightHourMeans the names of the properties for which means over eight hours, and the
 *     greatest of each day, are made
 */
public record CaptureRules(
    int percent,
    int hoursOfEight,
    int eightsOfDay,
    Duration emptyFrom,
    Duration silence,
    Set<String> eightHourMeans) {

  public static final CaptureRules EUROPEAN =
      new CaptureRules(75, 6, 18, Duration.ofHours(1), Duration.ofDays(3), Set.of("O3", "CO"));

  public CaptureRules {
    eightHourMeans = Set.copyOf(eightHourMeans);
    if (percent < 0 || percent > 100) {
      throw new IllegalArgumentException("a share is 0 to 100 percent, not " + percent);
    }
    if (hoursOfEight < 1 || hoursOfEight > 8 || eightsOfDay < 1 || eightsOfDay > 23) {
      throw new IllegalArgumentException(
          "of 8 hours 1 to 8 are asked for, and of a day 1 to 23, not "
              + hoursOfEight
              + " and "
              + eightsOfDay);
    }
    if (emptyFrom.isNegative() || silence.isNegative()) {
      throw new IllegalArgumentException("a duration is never negative");
    }
  }
}
