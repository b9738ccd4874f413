package city.mycelium.api.observation;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an observation says: one of a closed set of shapes. Values are checked when they are made,
 * so a Result that exists is a Result that can be stored and sent.
 */
public sealed interface Result {

  /** Calls the one method of the visitor that fits this shape. */
  <T> T accept(Visitor<T> visitor);

  /** One method per shape; the compiler says when a shape is forgotten. */
  interface Visitor<T> {
    T number(Measurement result);

    T truth(Truth result);

    T text(Text result);

    T category(Category result);

    T counter(Counter result);

    T position(Position result);

    T summary(Summary result);
  }

  /** A finite IEEE 754 double in the unit of its Datastream. */
  record Measurement(double value) implements Result {
    public Measurement {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("a measurement must be finite, but is " + value);
      }
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.number(this);
    }
  }

  /** Yes or no. */
  record Truth(boolean value) implements Result {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.truth(this);
    }
  }

  /** Free text of at most {@value #MAX_CHARS} characters. */
  record Text(String value) implements Result {
    public static final int MAX_CHARS = 1024;

    public Text {
      if (value.length() > MAX_CHARS) {
        throw new IllegalArgumentException(
            "a text result holds at most " + MAX_CHARS + " characters, but has " + value.length());
      }
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.text(this);
    }
  }

  /** A word out of a controlled list, such as {@code occupied}; 1 to 128 characters. */
  record Category(String value) implements Result {
    public Category {
      if (value.isEmpty() || value.length() > 128) {
        throw new IllegalArgumentException(
            "a category is a word of 1 to 128 characters, but has " + value.length());
      }
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.category(this);
    }
  }

  /** A total that only grows, until the device resets or rolls over; never negative. */
  record Counter(long value) implements Result {
    public Counter {
      if (value < 0) {
        throw new IllegalArgumentException("a counter is never negative, but is " + value);
      }
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.counter(this);
    }
  }

  /**
   * Where something was: WGS 84 degrees (EPSG:4326).
   *
   * @param latitude -90 to 90
   * @param longitude -180 to 180
   * @param altitude metres above mean sea level, if the device knows it
   */
  record Position(double latitude, double longitude, @Nullable Double altitude) implements Result {
    public Position {
      if (!(latitude >= -90 && latitude <= 90) || !(longitude >= -180 && longitude <= 180)) {
        throw new IllegalArgumentException(
            "a position is latitude -90..90 and longitude -180..180 in WGS 84 degrees");
      }
      if (altitude != null && !Double.isFinite(altitude)) {
        throw new IllegalArgumentException("an altitude must be finite, but is " + altitude);
      }
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.position(this);
    }
  }

  /**
   * What an aggregate says about its window. A window without results can be one too: it says that
   * nothing was heard where something was expected, or that nothing changed.
   *
   * @param count how many results went in
   * @param expected how many a healthy sensor would have given; 0 when not known
   * @param statistics what is known of the window, each finite, in the order of their names
   * @param valid whether enough went in for the statistics to stand for the window; one that is not
   *     is told all the same
   * @param revision from 1; a higher one replaces a lower one of the same Datastream and window
   */
  record Summary(
      long count,
      long expected,
      SortedMap<Statistic, Double> statistics,
      boolean valid,
      int revision)
      implements Result {
    public Summary {
      if (count < 0 || expected < 0 || revision < 1) {
        throw new IllegalArgumentException(
            "a summary needs count >= 0, expected >= 0 and revision >= 1, but has "
                + count
                + ", "
                + expected
                + ", "
                + revision);
      }
      statistics = Collections.unmodifiableSortedMap(new TreeMap<>(statistics));
      statistics.forEach(Summary::requireFinite);
      requireOrder(statistics, Statistic.MIN, Statistic.MEAN);
      requireOrder(statistics, Statistic.MEAN, Statistic.MAX);
      requireOrder(statistics, Statistic.MIN, Statistic.MAX);
    }

    /** A valid Summary of ordinary numbers. */
    public static Summary ofNumbers(
        long count, long expected, double min, double mean, double max, int revision) {
      return new Summary(
          count,
          expected,
          new TreeMap<>(Map.of(Statistic.MIN, min, Statistic.MEAN, mean, Statistic.MAX, max)),
          true,
          revision);
    }

    private static void requireFinite(Statistic statistic, double value) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(
            "a statistic must be finite, but " + statistic + " is " + value);
      }
    }

    private static void requireOrder(
        SortedMap<Statistic, Double> statistics, Statistic less, Statistic more) {
      if (statistics.containsKey(less)
          && statistics.containsKey(more)
          && !(statistics.get(less) <= statistics.get(more))) {
        throw new IllegalArgumentException(
            "a summary needs min <= mean <= max, but has " + statistics);
      }
    }

    /** The value of one statistic, if this Summary has it. */
    public OptionalDouble value(Statistic statistic) {
      Double value = statistics.get(statistic);
      return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** Which share of the expected results came; more than 1 if more came; nothing if unknown. */
    public OptionalDouble capture() {
      return expected == 0
          ? OptionalDouble.empty()
          : OptionalDouble.of((double) count / (double) expected);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.summary(this);
    }
  }
}
