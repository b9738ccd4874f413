package city.mycelium.driver.lorawan.internal.device;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where something is in decoded data: names with dots between them, a number for an element of a
 * list, and {@code *} at the end of a name for any end of it: {@code water.level}, {@code
 * beacons.0}, {@code temperature_*}.
 *
 * @param segments one per level
 */
public record JsonPath(List<String> segments) {

  private static final String STAR = "*";

  public JsonPath {
    segments = List.copyOf(segments);
  }

  /**
   * A value that was found.
   *
   * @param star what the {@code *} stood for; empty if there was none
   */
  public record Found(String star, JsonValue value) {}

  /** The data itself. */
  static final JsonPath ROOT = new JsonPath(List.of());

  static JsonPath parse(String text) {
    List<String> segments = List.of(text.split("\\.", -1));
    if (segments.contains("")) {
      throw new IllegalArgumentException(
          "a path is names with dots between them, such as water.level");
    }
    if (segments.stream().filter(s -> s.contains(STAR)).count() > 1
        || segments.stream()
            .anyMatch(s -> s.indexOf(STAR) >= 0 && s.indexOf(STAR) < s.length() - 1)) {
      throw new IllegalArgumentException("a path may have one * and only at the end of a name");
    }
    return new JsonPath(segments);
  }

  boolean hasStar() {
    return segments.stream().anyMatch(s -> s.endsWith(STAR));
  }

  /** What is there; nothing if it is missing or null. */
  List<Found> in(JsonObject data) {
    List<Found> found = new ArrayList<>();
    collect(data, 0, "", found);
    return found;
  }

  private void collect(@Nullable JsonValue value, int depth, String star, List<Found> into) {
    if (value == null || value == JsonValue.NULL) {
      return;
    }
    if (depth == segments.size()) {
      into.add(new Found(star, value));
      return;
    }
    String segment = segments.get(depth);
    if (value instanceof JsonObject object) {
      if (segment.endsWith(STAR)) {
        String begin = segment.substring(0, segment.length() - 1);
        object.forEach(
            (name, member) -> {
              if (name.startsWith(begin)) {
                collect(member, depth + 1, name.substring(begin.length()), into);
              }
            });
      } else {
        collect(object.get(segment), depth + 1, star, into);
      }
    } else if (value instanceof JsonArray array && segment.matches("[0-9]{1,4}")) {
      int index = Integer.parseInt(segment);
      collect(index < array.size() ? array.get(index) : null, depth + 1, star, into);
    }
  }

  /** Whether a member on the first level is what this path begins with. */
  boolean beginsWith(String member) {
    if (segments.isEmpty()) {
      return false;
    }
    String first = segments.get(0);
    return first.endsWith(STAR)
        ? member.startsWith(first.substring(0, first.length() - 1))
        : member.equals(first);
  }

  @Override
  public String toString() {
    return String.join(".", segments);
  }
}
