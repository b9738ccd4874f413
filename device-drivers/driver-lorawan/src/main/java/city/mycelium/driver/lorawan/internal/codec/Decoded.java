package city.mycelium.driver.lorawan.internal.codec;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;

/** What a codec made of a payload. */
public sealed interface Decoded {

  /**
   * As JSON: {@code {"data": {…}, "warnings": […]}}, with {@code "normalized": […]} where there is
   * something; or {@code {"errors": […]}}.
   */
  JsonObject toJson();

  /**
   * Fields with values.
   *
   * @param data what {@code decodeUplink} gave, by the vendor's names: what a profile maps
   * @param warnings the script's own words
   * @param normalized what {@code normalizeUplink} made of it, an object per measurement; empty if
   *     the script has none
   */
  record Fields(JsonObject data, List<String> warnings, JsonArray normalized) implements Decoded {
    public Fields {
      warnings = List.copyOf(warnings);
    }

    public Fields(JsonObject data, List<String> warnings) {
      this(data, warnings, JsonValue.EMPTY_JSON_ARRAY);
    }

    @Override
    public JsonObject toJson() {
      JsonObjectBuilder object =
          Json.createObjectBuilder()
              .add("data", data)
              .add("warnings", Json.createArrayBuilder(warnings));
      if (!normalized.isEmpty()) {
        object.add("normalized", normalized);
      }
      return object.build();
    }
  }

  /**
   * Nothing; the raw bytes are kept.
   *
   * @param errors the script's own words, or ours if it was stopped: what happened and why
   */
  record Failed(List<String> errors) implements Decoded {
    public Failed {
      errors = List.copyOf(errors);
    }

    @Override
    public JsonObject toJson() {
      return Json.createObjectBuilder().add("errors", Json.createArrayBuilder(errors)).build();
    }
  }
}
