package city.mycelium.driver.lorawan.internal.codec;

import jakarta.json.JsonObject;
import java.util.List;

/** What a codec made of a payload. */
public sealed interface Decoded {

  /**
   * Fields with values.
   *
   * @param data what {@code normalizeUplink} gave if the script has it, else what it decoded
   * @param warnings the script's own words
   */
  record Fields(JsonObject data, List<String> warnings) implements Decoded {
    public Fields {
      warnings = List.copyOf(warnings);
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
  }
}
