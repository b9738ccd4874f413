package city.mycelium.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object, immutable, its members in their order. Two are equal if their members are, in
 * whatever order (RFC 8259, 4). A member may be there and be null.
 *
 * <p>Each kind of member can be had in two ways: one that says what is wrong where it is missing or
 * of another kind, and, for objects and lists, one that takes it for empty then.
 */
public final class JsonObject {

  public static final JsonObject EMPTY = new JsonObject(Map.of());

  private final Map<String, @Nullable Object> members;

  private JsonObject(Map<String, @Nullable Object> members) {
    this.members = members;
  }

  /** Of members that are immutable already and nobody else's to change. */
  static JsonObject having(Map<String, @Nullable Object> members) {
    return members.isEmpty() ? EMPTY : new JsonObject(Collections.unmodifiableMap(members));
  }

  /**
   * One made by hand, of what {@link JsonReader} gives, of maps, collections, and whole numbers of
   * any width. A map without an order of its own gets that of its names: the same content gives the
   * same bytes.
   *
   * @throws IllegalArgumentException if something in it has no form in JSON
   */
  public static JsonObject of(Map<?, ?> members) {
    Map<?, ?> ordered =
        members instanceof LinkedHashMap || members instanceof SortedMap
            ? members
            : new TreeMap<>(members);
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    ordered.forEach((name, value) -> copy.put(String.valueOf(name), plain(value)));
    return having(copy);
  }

  /** The object that this is; an empty one if it is something else. */
  public static JsonObject orEmpty(@Nullable Object value) {
    return value instanceof JsonObject object ? object : EMPTY;
  }

  /** As {@link JsonReader} would give it. */
  static @Nullable Object plain(@Nullable Object value) {
    if (value == null
        || value instanceof String
        || value instanceof Boolean
        || value instanceof Long
        || value instanceof JsonObject) {
      return value;
    }
    if (value instanceof Double number && Double.isFinite(number)) {
      return number;
    }
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof Map<?, ?> map) {
      return of(map);
    }
    if (value instanceof Collection<?> collection) {
      List<@Nullable Object> list = new ArrayList<>(collection.size());
      collection.forEach(item -> list.add(plain(item)));
      return Collections.unmodifiableList(list);
    }
    throw new IllegalArgumentException("JSON has no form for " + value.getClass() + " " + value);
  }

  /** All of them, unmodifiable. */
  public Map<String, @Nullable Object> members() {
    return members;
  }

  /** A member as it is; null also if there is none of this name. */
  public @Nullable Object get(String name) {
    return members.get(name);
  }

  public boolean has(String name) {
    return members.containsKey(name);
  }

  /**
   * A text.
   *
   * @throws JsonException if it is missing or something else
   */
  public String text(String name) throws JsonException {
    if (get(name) instanceof String text) {
      return text;
    }
    throw otherwise(name, "text");
  }

  /**
   * A whole number of at most 63 bits and a sign.
   *
   * @throws JsonException if it is missing or something else
   */
  public long whole(String name) throws JsonException {
    if (get(name) instanceof Long whole) {
      return whole;
    }
    throw otherwise(name, "a whole number");
  }

  /**
   * A number, whole or not.
   *
   * @throws JsonException if it is missing or something else
   */
  public double number(String name) throws JsonException {
    if (get(name) instanceof Number number) {
      return number.doubleValue();
    }
    throw otherwise(name, "a number");
  }

  /**
   * True or false.
   *
   * @throws JsonException if it is missing or something else
   */
  public boolean truth(String name) throws JsonException {
    if (get(name) instanceof Boolean truth) {
      return truth;
    }
    throw otherwise(name, "true or false");
  }

  /**
   * An object.
   *
   * @throws JsonException if it is missing or something else
   */
  public JsonObject object(String name) throws JsonException {
    if (get(name) instanceof JsonObject object) {
      return object;
    }
    throw otherwise(name, "an object");
  }

  /**
   * A list.
   *
   * @throws JsonException if it is missing or something else
   */
  public List<?> list(String name) throws JsonException {
    if (get(name) instanceof List<?> list) {
      return list;
    }
    throw otherwise(name, "a list");
  }

  /** An object; an empty one if there is none of this name. */
  public JsonObject objectOrEmpty(String name) {
    return orEmpty(get(name));
  }

  /** A list; an empty one if there is none of this name. */
  public List<?> listOrEmpty(String name) {
    return get(name) instanceof List<?> list ? list : List.of();
  }

  /** The list's objects, each as {@link #orEmpty}; none if there is no list of this name. */
  public List<JsonObject> objectsOrEmpty(String name) {
    List<JsonObject> objects = new ArrayList<>();
    listOrEmpty(name).forEach(each -> objects.add(orEmpty(each)));
    return objects;
  }

  private JsonException otherwise(String name, String what) {
    return new JsonException(
        "'"
            + name
            + "' should be "
            + what
            + ", but is "
            + (has(name) ? kind(get(name)) : "missing"));
  }

  private static String kind(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof String) {
      return "text";
    }
    if (value instanceof Long) {
      return "a whole number";
    }
    if (value instanceof Double) {
      return "a number";
    }
    return value instanceof Boolean truth
        ? truth.toString()
        : value instanceof JsonObject ? "an object" : "a list";
  }

  /** On one line, UTF-8. */
  public byte[] toBytes() {
    return new JsonWriter().value(this).toBytes();
  }

  /** As JSON, on one line. */
  @Override
  public String toString() {
    return new String(toBytes(), StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof JsonObject object && members.equals(object.members);
  }

  @Override
  public int hashCode() {
    return members.hashCode();
  }
}
