package city.mycelium.simulator.air;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Random;

/**
 * The air of an invented Dutch town at any moment: seasons, a day's warmth, fronts that pass,
 * traffic on working days, wood smoke on cold evenings. Smooth in time; the same seed gives the
 * same weather. The numbers are plausible, not measured. Immutable, safe for use by many threads.
 */
public final class TownAir {

  private static final ZoneId ZONE = ZoneId.of("Europe/Amsterdam");
  private static final double MILLIS_PER_HOUR = 3_600_000.0;
  private static final double TWO_PI = 2 * Math.PI;

  private final double frontPhase;
  private final double windPhase;

  public TownAir(long seed) {
    Random random = new Random(seed);
    this.frontPhase = random.nextDouble() * TWO_PI;
    this.windPhase = random.nextDouble() * TWO_PI;
  }

  /** The true value, in the unit of the quantity. */
  public double at(Quantity quantity, long epochMillis) {
    ZonedDateTime local = Instant.ofEpochMilli(epochMillis).atZone(ZONE);
    return switch (quantity) {
      case TEMPERATURE -> temperature(local, epochMillis);
      case HUMIDITY -> humidity(local, epochMillis);
      case PRESSURE -> 1013 + 11 * front(epochMillis) + 0.6 * wave(hour(local), 12, 10);
      case NO2 -> stillness(epochMillis) * (9 + 30 * traffic(local));
      case PM2_5 -> fineDust(local, epochMillis);
      case PM10 -> fineDust(local, epochMillis) + stillness(epochMillis) * (5 + 7 * traffic(local));
    };
  }

  private double temperature(ZonedDateTime local, long epochMillis) {
    double season = 10.5 - 7.5 * Math.cos(TWO_PI * (local.getDayOfYear() - 20) / 365.25);
    return season + 3.5 * wave(hour(local), 24, 15) + 2.5 * front(epochMillis + 9 * 3_600_000L);
  }

  private double humidity(ZonedDateTime local, long epochMillis) {
    double day = 78 - 14 * wave(hour(local), 24, 15) - 8 * front(epochMillis);
    return Math.max(25, Math.min(99, day));
  }

  private double fineDust(ZonedDateTime local, long epochMillis) {
    double cold = Math.max(0, Math.min(1, (14 - temperature(local, epochMillis)) / 10));
    double smoke = 9 * cold * bump(hour(local), 21.5, 2);
    return stillness(epochMillis) * (6 + 5 * traffic(local) + smoke);
  }

  /** 0 at night to 1 at the height of the morning's rush; at weekends a low and late hump. */
  private static double traffic(ZonedDateTime local) {
    double hour = hour(local);
    DayOfWeek day = local.getDayOfWeek();
    if (day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY) {
      return 0.45 * bump(hour, 15, 3.5);
    }
    return Math.min(
        1, bump(hour, 8.3, 1.1) + 0.9 * bump(hour, 17.4, 1.5) + 0.4 * bump(hour, 13, 4));
  }

  /** Above 1 when the wind lies down and everything stays where it was emitted. */
  private double stillness(long epochMillis) {
    double hours = epochMillis / MILLIS_PER_HOUR;
    return 1 + 0.3 * Math.sin(TWO_PI * hours / 31 + windPhase) + 0.1 * Math.sin(hours * 1.7);
  }

  /** Highs and lows that take two to four days to pass, -1 to 1. */
  private double front(long epochMillis) {
    double hours = epochMillis / MILLIS_PER_HOUR;
    return 0.6 * Math.sin(TWO_PI * hours / 91 + frontPhase)
        + 0.4 * Math.sin(TWO_PI * hours / 53 + 2 * frontPhase);
  }

  private static double hour(ZonedDateTime local) {
    return local.toLocalTime().toNanoOfDay() / 3.6e12;
  }

  /** A cosine of this period that peaks at that hour. */
  private static double wave(double hour, double periodHours, double peakHour) {
    return Math.cos(TWO_PI * (hour - peakHour) / periodHours);
  }

  /** A bell around an hour of the day; it reaches over midnight. */
  private static double bump(double hour, double centre, double width) {
    double distance = Math.abs(hour - centre);
    double around = Math.min(distance, 24 - distance) / width;
    return Math.exp(-around * around / 2);
  }
}
