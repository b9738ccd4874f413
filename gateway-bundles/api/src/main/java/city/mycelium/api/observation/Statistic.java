package city.mycelium.api.observation;

import static java.util.Map.entry;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * One figure that a {@link Result.Summary} gives of its window, by its name. The list is open: a
 * reader that does not know a name can still keep and show it. Its constants are the ones that
 * Mycelium makes; each says what it is and where its definition comes from.
 *
 * <p>The order is that of the names.
 *
 * @param name lower case words of letters and digits, joined by hyphens, such as {@code stay-mean};
 *     at most 32 characters
 */
public record Statistic(String name) implements Comparable<Statistic> {

  private static final Pattern ALLOWED = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final int MAX_CHARS = 32;

  // Of any number; in the unit of the Datastream (ISO 3534-1:2006)

  /** Arithmetic mean of the results (2.2). */
  public static final Statistic MEAN = new Statistic("mean");

  public static final Statistic MIN = new Statistic("min");
  public static final Statistic MAX = new Statistic("max");

  /** All results added up; for what comes in portions, such as rain per tipping. */
  public static final Statistic SUM = new Statistic("sum");

  /** Standard deviation of the sample: the divisor is count - 1 (2.14). Not given of one result. */
  public static final Statistic SD = new Statistic("sd");

  // Sound; decibel (Directive 2002/49/EC; ISO 1996-1:2016)

  /**
   * Equivalent level: the energy mean over the window (ISO 1996-1, equivalent-continuous sound
   * pressure level).
   */
  public static final Statistic LAEQ = new Statistic("laeq");

  /** Exceeded for 10 percent of the time (ISO 1996-1, N percentage exceedance level). */
  public static final Statistic LA10 = new Statistic("la10");

  /** Exceeded for half of the time. */
  public static final Statistic LA50 = new Statistic("la50");

  /** Exceeded for 90 percent of the time: the background. */
  public static final Statistic LA90 = new Statistic("la90");

  /**
   * Day, evening and night level of one day, "Lden,24h" (2002/49/EC, Annex I, 1; there it is a
   * yearly figure).
   */
  public static final Statistic LDEN = new Statistic("lden");

  /** Equivalent level of the day hours of one day, without penalty (2002/49/EC, Annex I, 1). */
  public static final Statistic LDAY = new Statistic("lday");

  /** Of its evening hours, likewise. */
  public static final Statistic LEVENING = new Statistic("levening");

  /** Of its night hours, likewise. */
  public static final Statistic LNIGHT = new Statistic("lnight");

  // Wind (WMO-No. 8, Guide to Instruments and Methods of Observation, I.5)

  /**
   * Where the wind came from, as the direction of the mean of the unit vectors; degrees from north,
   * 0 up to 360 (EPA-454/R-99-005, 6.2.2).
   */
  public static final Statistic DIRECTION = new Statistic("direction");

  /** The same, each direction weighed by the speed of the same time (there, 6.2.2). */
  public static final Statistic RESULTANT_DIRECTION = new Statistic("resultant-direction");

  /** The greatest mean speed over 3 s (WMO-No. 306, I.1, 15.5.5); in the unit of the Datastream. */
  public static final Statistic GUST = new Statistic("gust");

  // Parking; of one bay

  /** Share of the known time during which the bay was occupied; 0 to 1. */
  public static final Statistic OCCUPANCY = new Statistic("occupancy");

  /** Cars that came. */
  public static final Statistic ARRIVALS = new Statistic("arrivals");

  /** Cars that went. */
  public static final Statistic DEPARTURES = new Statistic("departures");

  /** Arrivals per hour of the known time. */
  public static final Statistic TURNOVER = new Statistic("turnover");

  /** Mean length of the stays that ended in the window and whose beginning is known; seconds. */
  public static final Statistic STAY_MEAN = new Statistic("stay-mean");

  /** The longest of these stays; seconds. */
  public static final Statistic STAY_MAX = new Statistic("stay-max");

  /** For how long it was known whether the bay was free or occupied; seconds. */
  public static final Statistic KNOWN = new Statistic("known");

  // Counters and traffic

  /** By how much a counter grew, resets and rollovers taken out; in the unit of the Datastream. */
  public static final Statistic DELTA = new Statistic("delta");

  /** How often a counter fell without a rollover: there DELTA is the least that was counted. */
  public static final Statistic RESETS = new Statistic("resets");

  /**
   * What was counted as a rate, as NDW publishes traffic: per hour of the time that was counted.
   */
  public static final Statistic PER_HOUR = new Statistic("per-hour");

  /** For how many minutes there is a count (NDW: used minutes). */
  public static final Statistic MINUTES = new Statistic("minutes");

  // Of two Datastreams of one Thing

  /** Mean weighed by the companion's result of the same time: of speeds, by vehicles. */
  public static final Statistic WEIGHTED_MEAN = new Statistic("weighted-mean");

  /** How many results had a companion of the same time. */
  public static final Statistic PAIRS = new Statistic("pairs");

  /** What has a unit of its own, whatever its Datastream is measured in. */
  private static final Map<Statistic, Unit> OWN_UNITS =
      Map.ofEntries(
          entry(DIRECTION, Unit.DEGREE),
          entry(RESULTANT_DIRECTION, Unit.DEGREE),
          entry(OCCUPANCY, Unit.ONE),
          entry(ARRIVALS, Unit.ONE),
          entry(DEPARTURES, Unit.ONE),
          entry(TURNOVER, Unit.PER_HOUR),
          entry(STAY_MEAN, Unit.SECOND),
          entry(STAY_MAX, Unit.SECOND),
          entry(KNOWN, Unit.SECOND),
          entry(RESETS, Unit.ONE),
          entry(MINUTES, Unit.MINUTE),
          entry(PAIRS, Unit.ONE));

  /** Units per hour, as far as the table of units has them. */
  private static final Map<Unit, Unit> PER_HOUR_OF =
      Map.of(
          Unit.ONE, Unit.PER_HOUR,
          Unit.MILLIMETRE, Unit.MILLIMETRE_PER_HOUR,
          Unit.WATT_HOUR, Unit.WATT);

  public Statistic {
    if (name.length() > MAX_CHARS || !ALLOWED.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a statistic is called by lower case words and digits, joined by hyphens, at most "
              + MAX_CHARS
              + " characters, not '"
              + name
              + "'");
    }
  }

  /**
   * The value below which so many percent of the results lie; in the unit of the Datastream.
   *
   * @param percent 1 to 99
   */
  public static Statistic percentile(int percent) {
    if (percent < 1 || percent > 99) {
      throw new IllegalArgumentException("a percentile is one of 1 to 99, not " + percent);
    }
    return new Statistic("p" + percent);
  }

  /**
   * Whether {@link #PER_HOUR} can be told of a Datastream in this unit: of W.h it is in W, but of
   * m3 there is no unit for it.
   */
  public static boolean hasPerHour(Unit datastream) {
    return PER_HOUR_OF.containsKey(datastream);
  }

  /** The unit of its values, where the Datastream has the given one. */
  public Unit unitIn(Unit datastream) {
    if (equals(PER_HOUR)) {
      return PER_HOUR_OF.getOrDefault(datastream, Unit.PER_HOUR);
    }
    return OWN_UNITS.getOrDefault(this, datastream);
  }

  @Override
  public int compareTo(Statistic other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
