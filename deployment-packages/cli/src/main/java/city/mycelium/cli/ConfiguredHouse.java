package city.mycelium.cli;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.felix.cm.json.io.Configurations;

/**
 * Things and devices out of a configuration folder, read as the gateway itself would: OSGi
 * Configurator JSON (OSGi Compendium R8, chapter 150), comments included.
 *
 * @param things JSON objects
 * @param devices JSON objects
 */
@SuppressWarnings("ArrayRecordComponent") // handed on to the registry, which takes arrays
record ConfiguredHouse(String[] things, String[] devices) {

  static final ConfiguredHouse EMPTY = new ConfiguredHouse(new String[0], new String[0]);
  private static final String PID = "city.mycelium.registry";

  static ConfiguredHouse read(Path folder) throws IOException {
    ConfiguredHouse house = EMPTY;
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
    for (Path file : files) {
      try (Reader text = Files.newBufferedReader(file);
          JsonReader reader = Json.createReader(Configurations.jsonCommentAwareReader(text))) {
        JsonObject registry = reader.readObject().getJsonObject(PID);
        if (registry != null) {
          house = new ConfiguredHouse(texts(registry, "things"), texts(registry, "devices"));
        }
      } catch (JsonException | ClassCastException e) {
        throw new IOException(file + " cannot be read: " + e.getMessage(), e);
      }
    }
    return house;
  }

  private static String[] texts(JsonObject registry, String key) {
    return registry.containsKey(key)
        ? registry.getJsonArray(key).stream().map(JsonValue::toString).toArray(String[]::new)
        : new String[0];
  }
}
