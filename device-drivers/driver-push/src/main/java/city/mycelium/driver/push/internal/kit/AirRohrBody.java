package city.mycelium.driver.push.internal.kit;

import jakarta.json.Json;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is of use in an airRohr's JSON. Of members with one name the last counts.
 *
 * <p>It is taken event by event. A tree would make a BigDecimal of every number: digits would not
 * stay as they were written, and one absurd number would cost the whole body. How deep a body may
 * nest the parser limits by itself, and nothing here recurses.
 */
final class AirRohrBody {

  // Made once, as it takes a search for the library; any thread may use it.
  private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());

  private final JsonParser parser;
  private String id = "";
  private @Nullable Map<String, String> values;
  private int incomplete;

  private AirRohrBody(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * Reads the whole text.
   *
   * @throws IllegalArgumentException if it is not one JSON text; the message says why
   */
  static AirRohrBody read(String text) {
    try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
      AirRohrBody body = new AirRohrBody(parser);
      body.readMembers();
      return body;
    } catch (RuntimeException e) { // the parser has a kind for each trouble, deep nesting included
      throw new IllegalArgumentException("the body is no JSON: " + e.getMessage(), e);
    }
  }

  /** The member {@code esp8266id}, or empty. */
  String id() {
    return id;
  }

  /** Value by value type, in the order of the body; null if there is no such array. */
  @Nullable Map<String, String> values() {
    return values;
  }

  /** How many entries lack a value or its type. */
  int incomplete() {
    return incomplete;
  }

  private void readMembers() {
    if (parser.next() != Event.START_OBJECT) {
      return;
    }
    while (parser.next() == Event.KEY_NAME) {
      String name = parser.getString();
      switch (name) {
        case "esp8266id" -> id = textOf(parser.next());
        case "sensordatavalues" -> readEntries(parser.next());
        default -> skip(parser.next());
      }
    }
    if (parser.hasNext()) {
      throw new IllegalArgumentException("something follows the object");
    }
  }

  private void readEntries(Event start) {
    values = null;
    incomplete = 0;
    if (start != Event.START_ARRAY) {
      skip(start);
      return;
    }
    Map<String, String> entries = new LinkedHashMap<>();
    for (Event entry = parser.next(); entry != Event.END_ARRAY; entry = parser.next()) {
      readEntry(entry, entries);
    }
    values = entries;
  }

  private void readEntry(Event start, Map<String, String> entries) {
    String type = null;
    String value = null;
    if (start == Event.START_OBJECT) {
      while (parser.next() == Event.KEY_NAME) {
        String name = parser.getString();
        Event event = parser.next();
        String text = textOf(event);
        switch (name) {
          case "value_type" -> type = event == Event.VALUE_STRING ? text : null;
          case "value" -> value = text;
          default -> {} // of no use
        }
      }
    } else {
      skip(start);
    }
    if (type == null || value == null) {
      incomplete++;
    } else {
      entries.put(type, value);
    }
  }

  /** The text of a string, or the digits of a number as they were written; else empty. */
  private String textOf(Event value) {
    if (value == Event.VALUE_STRING || value == Event.VALUE_NUMBER) {
      return parser.getString();
    }
    skip(value);
    return "";
  }

  /**
   * Reads on to the end of the value that starts so. Unlike the parser's own skipping, strictly.
   */
  private void skip(Event start) {
    int depth = step(start);
    while (depth > 0) {
      depth += step(parser.next());
    }
  }

  private static int step(Event event) {
    return switch (event) {
      case START_OBJECT, START_ARRAY -> 1;
      case END_OBJECT, END_ARRAY -> -1;
      default -> 0;
    };
  }
}
