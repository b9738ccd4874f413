package city.mycelium.api.observation;

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

  /** Equivalent level: the energy mean over the window (ISO 1996-1, 3.1.7). */
  public static final Statistic LAEQ = new Statistic("laeq");

  /** Exceeded for 10 percent of the time (ISO 1996-1, 3.1.8). */
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

  // Wind (WMO-No. 8, Guide to Instruments and Methods of Observation, I.5)

  /** Where the wind came from, as the direction of the mean vector; degrees. */
  public static final Statistic DIRECTION = new Statistic("direction");

  /** The greatest speed; in the unit of the Datastream. */
  public static final Statistic GUST = new Statistic("gust");

  // Parking; of one bay

  /** Share of the known time during which the bay was occupied; 0 to 1. */
  public static final Statistic OCCUPANCY = new Statistic("occupancy");

  /** Cars that came. */
  public static final Statistic ARRIVALS = new Statistic("arrivals");

  /** Cars that went. */
  public static final Statistic DEPARTURES = new Statistic("departures");

  /** Arrivals per hour. */
  public static final Statistic TURNOVER = new Statistic("turnover");

  /** Mean length of the stays that ended in the window and whose beginning is known; seconds. */
  public static final Statistic STAY_MEAN = new Statistic("stay-mean");

  // Counters and traffic

  /** By how much a counter grew, resets and rollovers taken out; in the unit of the Datastream. */
  public static final Statistic DELTA = new Statistic("delta");

  /** The same as a rate, as NDW publishes traffic; per hour. */
  public static final Statistic PER_HOUR = new Statistic("per-hour");

  /** What has a unit of its own, whatever its Datastream is measured in. */
  private static final Map<Statistic, Unit> OWN_UNITS =
      Map.of(
          DIRECTION, Unit.DEGREE,
          OCCUPANCY, Unit.ONE,
          ARRIVALS, Unit.ONE,
          DEPARTURES, Unit.ONE,
          TURNOVER, Unit.PER_HOUR,
          STAY_MEAN, Unit.SECOND,
          PER_HOUR, Unit.PER_HOUR);

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

  /** The unit of its values, where the Datastream has the given one. */
  public Unit unitIn(Unit datastream) {
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
