package city.mycelium.driver.lorawan.internal.device;

import city.mycelium.api.observation.ObservedProperty;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Unit;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One thing that decoded data says, and what it means.
 *
 * @param path where it is
 * @param channel what it is called; ends with {@code *} if the path has one
 * @param unit of its numbers, after scale and offset
 * @param scale numbers are {@code value * scale + offset}
 * @param values words of the device to words of the property; then results are categories
 * @param onlyIf what must be said elsewhere in the data for this to count, by path
 * @param position names of latitude, longitude and altitude below the path, if it is a position
 */
public record Field(
    JsonPath path,
    String channel,
    ObservedProperty property,
    Unit unit,
    Kind kind,
    double scale,
    double offset,
    Map<String, String> values,
    Map<JsonPath, String> onlyIf,
    Optional<Place> position) {

  /** The shapes of results that a profile can ask for. */
  public enum Kind {
    NUMBER,
    COUNTER,
    TRUTH,
    TEXT,
    CATEGORY,
    POSITION
  }

  /** Where in an object the coordinates are; the altitude may be missing in data. */
  public record Place(JsonPath latitude, JsonPath longitude, JsonPath altitude) {

    boolean begins(String member) {
      return latitude.beginsWith(member)
          || longitude.beginsWith(member)
          || altitude.beginsWith(member);
    }
  }

  public Field {
    values = Map.copyOf(values);
    onlyIf = Map.copyOf(onlyIf);
  }

  /** Whether the data says what must be said for this to count. */
  boolean counts(JsonObject data) {
    return onlyIf.entrySet().stream()
        .allMatch(
            condition ->
                condition.getKey().in(data).stream()
                    .anyMatch(found -> plain(found.value()).equals(condition.getValue())));
  }

  /**
   * What a value means.
   *
   * @throws IllegalArgumentException if it is of the wrong type; the message says what was expected
   */
  Result result(JsonValue value) {
    return switch (kind) {
      case NUMBER -> new Result.Measurement(number(value) * scale + offset);
      case COUNTER -> counter(number(value) * scale + offset);
      case TRUTH -> new Result.Truth(truth(value));
      case TEXT -> new Result.Text(text(value));
      case CATEGORY -> new Result.Category(category(value));
      case POSITION -> throw new IllegalStateException("a position has a method of its own");
    };
  }

  /**
   * Where it was; nothing if the data does not say.
   *
   * @throws IllegalArgumentException if a coordinate is no number, or one no place has
   */
  Optional<Result> place(JsonObject data) {
    Place place = position.orElseThrow();
    var latitude = place.latitude().in(data);
    var longitude = place.longitude().in(data);
    if (latitude.isEmpty() || longitude.isEmpty()) {
      return Optional.empty();
    }
    var altitude = place.altitude().in(data);
    return Optional.of(
        new Result.Position(
            number(latitude.get(0).value()),
            number(longitude.get(0).value()),
            altitude.isEmpty() ? null : number(altitude.get(0).value())));
  }

  private static Result counter(double value) {
    if (value < 0 || value != Math.rint(value) || value > 1L << 53) {
      throw new IllegalArgumentException("a whole number from 0 on is expected, not " + value);
    }
    return new Result.Counter((long) value);
  }

  private static double number(JsonValue value) {
    if (value instanceof JsonNumber number && Double.isFinite(number.doubleValue())) {
      return number.doubleValue();
    }
    throw new IllegalArgumentException("a number is expected, not " + shown(value));
  }

  private static boolean truth(JsonValue value) {
    if (value == JsonValue.TRUE || value == JsonValue.FALSE) {
      return value == JsonValue.TRUE;
    }
    throw new IllegalArgumentException("true or false is expected, not " + shown(value));
  }

  private static String text(JsonValue value) {
    if (value instanceof JsonString text) {
      return text.getString();
    }
    throw new IllegalArgumentException("a text is expected, not " + shown(value));
  }

  private String category(JsonValue value) {
    if (values.isEmpty()) {
      return text(value);
    }
    String word = values.get(plain(value));
    if (word == null) {
      throw new IllegalArgumentException(
          "one of " + new TreeSet<>(values.keySet()) + " is expected, not " + shown(value));
    }
    return word;
  }

  /** As it is written in a profile: numbers without a needless fraction. */
  static String plain(JsonValue value) {
    if (value instanceof JsonString text) {
      return text.getString();
    }
    if (value instanceof JsonNumber number) {
      // Beyond this a number has an exponent that would be written out, digit by digit.
      return number.bigDecimalValue().precision() > 40
              || Math.abs(number.bigDecimalValue().scale()) > 40
          ? number.toString()
          : number.bigDecimalValue().stripTrailingZeros().toPlainString();
    }
    return value.toString();
  }

  private static String shown(JsonValue value) {
    return switch (value.getValueType()) {
      case OBJECT -> "an object";
      case ARRAY -> "a list";
      default -> {
        String text = value.toString();
        yield text.length() > 40 ? text.substring(0, 40) + "…" : text;
      }
    };
  }
}
