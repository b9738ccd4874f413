package city.mycelium.api.observation;

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
   * What an aggregate says about its window.
   *
   * @param count how many results went in, at least 1
   * @param expected how many a healthy sensor would have given; 0 when not known
   * @param min in the unit of the Datastream, like {@code mean} and {@code max}
   * @param revision from 1; a higher one replaces a lower one of the same Datastream and window
   */
  record Summary(long count, long expected, double min, double mean, double max, int revision)
      implements Result {
    public Summary {
      if (count < 1 || expected < 0 || revision < 1) {
        throw new IllegalArgumentException(
            "a summary needs count >= 1, expected >= 0 and revision >= 1, but has "
                + count
                + ", "
                + expected
                + ", "
                + revision);
      }
      if (!Double.isFinite(min) || !Double.isFinite(max) || !(min <= mean && mean <= max)) {
        throw new IllegalArgumentException(
            "a summary needs finite min <= mean <= max, but has " + min + ", " + mean + ", " + max);
      }
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.summary(this);
    }
  }
}
