package city.mycelium.sync.internal;

import city.mycelium.api.dialect.Names;
import city.mycelium.api.settings.SettingsException;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParsingException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a platform calls things, as somebody wrote it down: {@code {"things": {…}, "datastreams":
 * {…}, "properties": {…}}}, each from our name to the platform's. Every part may be left out.
 */
public final class MappingFile {

  private static final List<String> PARTS = List.of("things", "datastreams", "properties");

  private MappingFile() {}

  /**
   * Reads it.
   *
   * @throws SettingsException if it is not there or not one; says in a sentence what is wrong where
   */
  public static Names read(Path file) throws SettingsException {
    try {
      return parse(file, Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new SettingsException("there is no mapping file " + file, e);
    } catch (CharacterCodingException e) {
      throw new SettingsException("the mapping file " + file + " is not UTF-8 text", e);
    } catch (IOException e) {
      throw new SettingsException("the mapping file " + file + " cannot be read: " + e, e);
    }
  }

  private static Names parse(Path file, String text) throws SettingsException {
    JsonObject object = object(file, text);
    for (String part : object.keySet()) {
      if (!PARTS.contains(part)) {
        throw mistake(file, "'" + part + "' means nothing; it has " + String.join(", ", PARTS));
      }
    }
    return new Names(
        part(file, object, "things"),
        part(file, object, "datastreams"),
        part(file, object, "properties"));
  }

  private static JsonObject object(Path file, String text) throws SettingsException {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      if (reader.readValue() instanceof JsonObject object) {
        return object;
      }
    } catch (JsonParsingException e) {
      throw new SettingsException(
          "the mapping file "
              + file
              + " is not JSON: look at line "
              + e.getLocation().getLineNumber()
              + ", column "
              + e.getLocation().getColumnNumber(),
          e);
    } catch (JsonException e) {
      throw new SettingsException("the mapping file " + file + " is not JSON", e);
    }
    throw mistake(file, "it must hold one JSON object with " + String.join(", ", PARTS));
  }

  private static Map<String, String> part(Path file, JsonObject object, String part)
      throws SettingsException {
    Map<String, String> names = new TreeMap<>();
    JsonValue value = object.get(part);
    if (value == null) {
      return names;
    }
    if (!(value instanceof JsonObject entries)) {
      throw mistake(file, "'" + part + "' must be an object of names");
    }
    for (Map.Entry<String, JsonValue> entry : entries.entrySet()) {
      if (!(entry.getValue() instanceof JsonString name)
          || name.getString().isBlank()
          || entry.getKey().isBlank()) {
        throw mistake(
            file,
            "in '"
                + part
                + "' the name for '"
                + entry.getKey()
                + "' must be a text with something in it");
      }
      names.put(entry.getKey(), name.getString());
    }
    return names;
  }

  private static SettingsException mistake(Path file, String what) {
    return new SettingsException("the mapping file " + file + ": " + what);
  }
}
