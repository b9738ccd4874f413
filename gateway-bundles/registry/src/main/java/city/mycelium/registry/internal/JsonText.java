package city.mycelium.registry.internal;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import org.jspecify.annotations.Nullable;

/** Reads JSON that people write, and says in words what is wrong with it. */
final class JsonText {

  private JsonText() {}

  /**
   * One object, and nothing after it: two changes on one line are a damage, not one change.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  static JsonObject object(String text) {
    try (JsonParser parser = Json.createParser(new StringReader(text))) {
      parser.next();
      JsonObject object = parser.getObject();
      if (parser.hasNext()) {
        throw new IllegalArgumentException("something follows the object");
      }
      return object;
    } catch (RuntimeException e) { // the parser has a kind for each trouble, deep nesting included
      throw new IllegalArgumentException("this is not one JSON object: " + e.getMessage(), e);
    }
  }

  static String string(JsonObject object, String key) {
    if (!(object.get(key) instanceof JsonString text)) {
      throw new IllegalArgumentException("'" + key + "' must be there, as a text in quotes");
    }
    return text.getString();
  }

  static @Nullable Double number(JsonObject object, String key) {
    if (!object.containsKey(key)) {
      return null;
    }
    if (!(object.get(key) instanceof JsonNumber number)) {
      throw new IllegalArgumentException("'" + key + "' must be a number, without quotes");
    }
    return number.doubleValue();
  }
}
