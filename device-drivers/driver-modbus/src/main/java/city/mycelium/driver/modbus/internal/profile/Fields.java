package city.mycelium.driver.modbus.internal.profile;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The members of one object in a profile, asked for by name; every mistake says where it is. */
final class Fields {

  private static final int HEX = 16;

  private final String where;
  private final JsonObject object;

  private Fields(String where, JsonObject object) {
    this.where = where;
    this.object = object;
  }

  /** An object that has no other members than these. */
  static Fields of(String where, JsonValue value, Set<String> known) throws ProfileException {
    if (!(value instanceof JsonObject object)) {
      throw new ProfileException((where.isEmpty() ? "it" : where) + " is no object in {}");
    }
    Fields fields = new Fields(where, object);
    Set<String> unknown = new TreeSet<>(object.keySet());
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new ProfileException(
          fields.path(unknown.iterator().next())
              + " means nothing; there may be "
              + String.join(", ", new TreeSet<>(known)));
    }
    return fields;
  }

  private String path(String name) {
    return where.isEmpty() ? name : where + "." + name;
  }

  ProfileException mistake(String name, String what) {
    return new ProfileException(path(name) + " " + what);
  }

  boolean has(String name) {
    return object.containsKey(name);
  }

  String text(String name) throws ProfileException {
    if (object.get(name) instanceof JsonString text && !text.getString().isBlank()) {
      return text.getString();
    }
    throw mistake(name, has(name) ? "is a text in quotation marks" : "is missing");
  }

  /** One of the words that {@code find} knows. */
  <T> T word(String name, Function<String, Optional<T>> find, Collection<String> words)
      throws ProfileException {
    String word = text(name);
    Optional<T> found = find.apply(word);
    if (found.isEmpty()) {
      throw mistake(name, "is one of " + String.join(", ", words) + ", not '" + word + "'");
    }
    return found.get();
  }

  /** A whole number, decimal or as a text in hexadecimal with 0x. */
  int whole(String name, int min, int max) throws ProfileException {
    JsonValue value = object.get(name);
    if (value == null) {
      throw mistake(name, "is missing");
    }
    Optional<BigDecimal> number = number(value);
    try {
      if (number.isPresent()) {
        int whole = number.get().intValueExact();
        if (whole >= min && whole <= max) {
          return whole;
        }
      }
    } catch (ArithmeticException e) {
      // Said below, as for a number out of range.
    }
    throw mistake(
        name, "is a whole number from " + min + " to " + max + ", or \"0x…\", not " + value);
  }

  int whole(String name, int min, int max, int preset) throws ProfileException {
    return has(name) ? whole(name, min, max) : preset;
  }

  BigDecimal decimal(String name) throws ProfileException {
    JsonValue value = object.get(name);
    Optional<BigDecimal> number = value == null ? Optional.empty() : number(value);
    return number.orElseThrow(
        () -> mistake(name, value == null ? "is missing" : "is a number, not " + value));
  }

  BigDecimal decimal(String name, BigDecimal preset) throws ProfileException {
    return has(name) ? decimal(name) : preset;
  }

  /** What stands in an array, empty if there is none. */
  List<JsonValue> list(String name) throws ProfileException {
    JsonValue value = object.get(name);
    if (value == null) {
      return List.of();
    }
    if (value instanceof JsonArray array) {
      return List.copyOf(array);
    }
    throw mistake(name, "is a list in []");
  }

  /** The objects of an array. */
  List<Fields> objects(String name, Set<String> known) throws ProfileException {
    List<Fields> all = new ArrayList<>();
    for (JsonValue value : list(name)) {
      all.add(of(path(name) + "[" + all.size() + "]", value, known));
    }
    return all;
  }

  Fields object(String name, Set<String> known) throws ProfileException {
    return of(path(name), object.getOrDefault(name, JsonValue.EMPTY_JSON_OBJECT), known);
  }

  /** The texts of an object by their names. */
  Map<String, String> texts(String name) throws ProfileException {
    if (object.get(name) instanceof JsonObject texts
        && texts.values().stream().allMatch(t -> t instanceof JsonString)) {
      return texts.keySet().stream().collect(Collectors.toMap(k -> k, texts::getString));
    }
    throw mistake(name, "is an object of texts, such as {\"0\": \"free\", \"1\": \"occupied\"}");
  }

  /** A number, or a text that begins with 0x. */
  static Optional<BigDecimal> number(JsonValue value) {
    if (value instanceof JsonNumber number) {
      return Optional.of(number.bigDecimalValue());
    }
    return hex(value).map(BigDecimal::valueOf);
  }

  /** The bits that a text such as 0x7FFF names. */
  static Optional<Long> hex(JsonValue value) {
    if (value instanceof JsonString text && text.getString().matches("0x[0-9A-Fa-f]{1,16}")) {
      return Optional.of(Long.parseUnsignedLong(text.getString().substring(2), HEX));
    }
    return Optional.empty();
  }
}
