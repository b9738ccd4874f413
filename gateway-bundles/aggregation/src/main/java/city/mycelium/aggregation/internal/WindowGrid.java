package city.mycelium.aggregation.internal;

import city.mycelium.api.observation.PhenomenonTime;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;

/**
 * Tumbling windows of one length, aligned to the clock on the wall in a time zone, so that an hour
 * begins when people say it does, and a day at midnight.
 *
 * <p>A window of up to an hour is as long as it says, and an hour that the autumn change of time
 * repeats is two windows. (Where the change is less than the window, as on Lord Howe Island, the
 * two windows around it overlap; each instant still falls into one.) A longer one goes from one
 * time on the wall to another: twice a year one is an hour shorter or longer, as that day is.
 *
 * @param length a whole part of an hour, a number of hours that divides a day, a day, or seven: a
 *     week, which begins on Monday (ISO 8601)
 * @param zone whose wall clock
 */
record WindowGrid(Duration length, ZoneId zone) implements Grid {

  static final Duration HOUR = Duration.ofHours(1);
  static final Duration DAY = Duration.ofDays(1);
  static final Duration WEEK = Duration.ofDays(7);

  /**
   * The latest that a {@link PhenomenonTime} can be; the windows at both ends of time are short.
   */
  static final long END_OF_TIME = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

  WindowGrid {
    requireLength(length);
  }

  /**
   * Nothing, if windows can have this length.
   *
   * @throws IllegalArgumentException if not
   */
  static void requireLength(Duration length) {
    boolean dividesAnHour = length.toMillis() > 0 && divides(length, HOUR);
    boolean dividesADay = length.toMillis() > 0 && divides(HOUR, length) && divides(length, DAY);
    if (!dividesAnHour && !dividesADay && !length.equals(WEEK)) {
      throw new IllegalArgumentException(
          "a window is a whole part of an hour, such as PT10M, or hours that divide a day, such as"
              + " PT8H, or P1D or P7D, not "
              + length);
    }
  }

  private static boolean divides(Duration part, Duration whole) {
    return whole.toMillis() % part.toMillis() == 0;
  }

  @Override
  public List<PhenomenonTime> of(PhenomenonTime time) {
    return List.of(at(time.from()));
  }

  @Override
  public PhenomenonTime after(PhenomenonTime window) {
    return at(window.to());
  }

  /** The window that an instant falls into. */
  PhenomenonTime at(long epochMillis) {
    return length.compareTo(HOUR) <= 0 ? partOfAnHour(epochMillis) : hoursOrDays(epochMillis);
  }

  private PhenomenonTime partOfAnHour(long epochMillis) {
    long offset =
        zone.getRules().getOffset(Instant.ofEpochMilli(epochMillis)).getTotalSeconds() * 1_000L;
    long millis = length.toMillis();
    long start = Math.floorDiv(epochMillis + offset, millis) * millis - offset;
    return PhenomenonTime.between(Math.max(0, start), Math.min(END_OF_TIME, start + millis));
  }

  private PhenomenonTime hoursOrDays(long epochMillis) {
    LocalDateTime start = start(Instant.ofEpochMilli(epochMillis).atZone(zone));
    return PhenomenonTime.between(
        Math.max(0, millis(start)), Math.min(END_OF_TIME, millis(start.plus(length))));
  }

  private LocalDateTime start(ZonedDateTime at) {
    LocalDateTime midnight = at.toLocalDate().atStartOfDay();
    if (length.equals(WEEK)) {
      return midnight.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }
    long hours = length.toHours();
    return midnight.plus(at.getHour() / hours * hours, ChronoUnit.HOURS);
  }

  /** Of two times on the wall that are called the same, the first; of none, the one after it. */
  private long millis(LocalDateTime onTheWall) {
    return onTheWall.atZone(zone).toInstant().toEpochMilli();
  }
}
