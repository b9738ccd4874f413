package city.mycelium.driver.lorawan.internal.guard;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object, each of the kind that it has to be. A member that is null counts as
 * absent.
 *
 * @param json the object
 */
public record Fields(JsonObject json) {

  private static final Fields NONE = new Fields(JsonValue.EMPTY_JSON_OBJECT);

  /** The member as text, if it is there. */
  public Optional<String> text(String name) throws RefusedException {
    JsonValue value = value(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof JsonString string) {
      return Optional.of(string.getString());
    }
    throw new RefusedException(name + " is not a text");
  }

  /** The member as text. */
  public String needText(String name) throws RefusedException {
    return text(name).orElseThrow(() -> missing(name));
  }

  /** The member as a finite number, if it is there. */
  public OptionalDouble number(String name) throws RefusedException {
    JsonValue value = value(name);
    if (value == null) {
      return OptionalDouble.empty();
    }
    if (value instanceof JsonNumber number && Double.isFinite(number.doubleValue())) {
      return OptionalDouble.of(number.doubleValue());
    }
    throw new RefusedException(name + " is not a number");
  }

  /** The member as a finite number. */
  public double needNumber(String name) throws RefusedException {
    return number(name).orElseThrow(() -> missing(name));
  }

  /** The member as a whole number of a range, or what to take if it is not there. */
  public long whole(String name, long least, long most, long otherwise) throws RefusedException {
    JsonValue value = value(name);
    return value == null ? otherwise : whole(name, value, least, most);
  }

  /** The member as a whole number of a range. */
  public long needWhole(String name, long least, long most) throws RefusedException {
    JsonValue value = value(name);
    if (value == null) {
      throw missing(name);
    }
    return whole(name, value, least, most);
  }

  private static long whole(String name, JsonValue value, long least, long most)
      throws RefusedException {
    if (value instanceof JsonNumber number) {
      BigDecimal exact = number.bigDecimalValue();
      // Compared first: writing out a number with a huge exponent would take memory.
      if (exact.compareTo(BigDecimal.valueOf(least)) >= 0
          && exact.compareTo(BigDecimal.valueOf(most)) <= 0
          && (exact.scale() <= 0 || exact.stripTrailingZeros().scale() <= 0)) {
        return exact.longValueExact();
      }
    }
    throw new RefusedException(name + " is not a whole number from " + least + " to " + most);
  }

  /** The member as an object; an empty one if it is not there. */
  public Fields object(String name) throws RefusedException {
    JsonValue value = value(name);
    if (value == null) {
      return NONE;
    }
    if (value instanceof JsonObject object) {
      return new Fields(object);
    }
    throw new RefusedException(name + " is not an object");
  }

  /** The member as an array; an empty one if it is not there. */
  public JsonArray array(String name) throws RefusedException {
    JsonValue value = value(name);
    if (value == null) {
      return JsonValue.EMPTY_JSON_ARRAY;
    }
    if (value instanceof JsonArray array) {
      return array;
    }
    throw new RefusedException(name + " is not an array");
  }

  /** Whether the member is there. */
  public boolean has(String name) {
    return value(name) != null;
  }

  /** The member, whatever it is; null if it is not there. */
  public @Nullable JsonValue value(String name) {
    JsonValue value = json.get(name);
    return value == null || value.getValueType() == JsonValue.ValueType.NULL ? null : value;
  }

  private static RefusedException missing(String name) {
    return new RefusedException(name + " is missing");
  }
}
