package city.mycelium.driver.push.internal.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON value (RFC 8259). */
public sealed interface Json {

  /** The text of a string, or the digits of a number as they were written; else nothing. */
  default Optional<String> text() {
    return Optional.empty();
  }

  /** Of members with one name the last. */
  record Members(Map<String, Json> values) implements Json {
    public Members {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The member with this name, or nothing. */
    public Optional<Json> get(String name) {
      return Optional.ofNullable(values.get(name));
    }
  }

  record Items(List<Json> values) implements Json {
    public Items {
      values = List.copyOf(values);
    }
  }

  record Text(String value) implements Json {
    @Override
    public Optional<String> text() {
      return Optional.of(value);
    }
  }

  /**
   * A number.
   *
   * @param digits as it was written
   */
  record Numeral(String digits) implements Json {
    @Override
    public Optional<String> text() {
      return Optional.of(digits);
    }
  }

  record Truth(boolean value) implements Json {}

  record Nothing() implements Json {}

  /** The text as a JSON string, with its quotes. */
  static String quote(String text) {
    StringBuilder json = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
