package city.mycelium.aggregation.internal.fold;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * Day, evening and night of a civil day (Directive 2002/49/EC, Annex I, 1: 07-19, 19-23 and 23-07
 * local time; a state may choose other hours).
 *
 * @param zone whose local time
 * @param dayFrom hour at which the day begins and the night is over
 * @param eveningFrom hour at which the evening begins
 * @param nightFrom hour at which the night begins
 */
public record DayParts(ZoneId zone, int dayFrom, int eveningFrom, int nightFrom) {

  /** The parts, each with the penalty that its sound gets in Lden. */
  enum Part {
    DAY(0),
    EVENING(5),
    NIGHT(10);

    private final int penaltyDecibels;

    Part(int penaltyDecibels) {
      this.penaltyDecibels = penaltyDecibels;
    }

    int penaltyDecibels() {
      return penaltyDecibels;
    }
  }

  public DayParts {
    if (!(0 <= dayFrom && dayFrom < eveningFrom && eveningFrom < nightFrom && nightFrom <= 24)) {
      throw new IllegalArgumentException(
          "a day has 0 <= day < evening < night <= 24 o'clock, not "
              + dayFrom
              + ", "
              + eveningFrom
              + " and "
              + nightFrom);
    }
  }

  /** With the hours of the directive. */
  public static DayParts of(ZoneId zone) {
    return new DayParts(zone, 7, 19, 23);
  }

  /** The part that an instant falls into. */
  Part at(long epochMillis) {
    int hour = Instant.ofEpochMilli(epochMillis).atZone(zone).getHour();
    if (hour < dayFrom || hour >= nightFrom) {
      return Part.NIGHT;
    }
    return hour < eveningFrom ? Part.DAY : Part.EVENING;
  }

  /** Whether a window is one day, from midnight to midnight, also if it has 23 or 25 hours. */
  boolean isDay(Span window) {
    LocalDate date = date(window);
    return window.from() == midnight(date) && window.to() == midnight(date.plusDays(1));
  }

  /** How long a part of this day really takes. */
  long millis(Span day, Part part) {
    long dayBegins = hour(date(day), dayFrom);
    long eveningBegins = hour(date(day), eveningFrom);
    long nightBegins = hour(date(day), nightFrom);
    return switch (part) {
      case DAY -> eveningBegins - dayBegins;
      case EVENING -> nightBegins - eveningBegins;
      case NIGHT -> day.millis() - (nightBegins - dayBegins);
    };
  }

  private LocalDate date(Span day) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(day.from()), zone);
  }

  private long midnight(LocalDate date) {
    return date.atStartOfDay(zone).toInstant().toEpochMilli();
  }

  private long hour(LocalDate date, int hour) {
    return hour == 24
        ? midnight(date.plusDays(1))
        : date.atTime(hour, 0).atZone(zone).toInstant().toEpochMilli();
  }
}
