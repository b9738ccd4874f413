package city.mycelium.driver.lorawan.internal.codec;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.List;

/**
 * What came of one run.
 *
 * @param decoded for whoever asked
 * @param stopped whether it went over a limit, so that another run would most likely as well
 */
record Answer(Decoded decoded, boolean stopped) {

  private static final String DATA = "data";
  private static final String WARNINGS = "warnings";
  private static final String NORMALIZED = "normalized";
  private static final String ERRORS = "errors";

  static Answer failed(String error) {
    return new Answer(new Decoded.Failed(List.of(error)), false);
  }

  static Answer stopped(String why) {
    return new Answer(new Decoded.Failed(List.of(why)), true);
  }

  /** The inverse of {@link Decoded#toJson}. */
  static Decoded read(String json) {
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      return read(reader.readObject());
    }
  }

  static Decoded read(JsonObject object) {
    if (object.containsKey(ERRORS)) {
      return new Decoded.Failed(texts(object.getJsonArray(ERRORS)));
    }
    return new Decoded.Fields(
        object.getJsonObject(DATA),
        texts(object.getJsonArray(WARNINGS)),
        object.containsKey(NORMALIZED)
            ? object.getJsonArray(NORMALIZED)
            : JsonValue.EMPTY_JSON_ARRAY);
  }

  private static List<String> texts(JsonArray array) {
    return array.getValuesAs(
        value -> value instanceof JsonString s ? s.getString() : value.toString());
  }
}
