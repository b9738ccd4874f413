package city.mycelium.launcher;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One layer of configuration: an object of properties for each PID. Where two layers have the same
 * PID, the one with the higher ranking counts, whole (OSGi Compendium 8, chapter 150).
 *
 * @param ranking of this layer
 * @param configurations the properties by PID
 */
record Layer(int ranking, Map<String, JsonObject> configurations) {

  private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());
  private static final String RANKING = ConfigurationFile.RESERVED + "ranking";

  Layer {
    configurations = Map.copyOf(configurations);
  }

  /**
   * Reads files into a layer.
   *
   * @throws LaunchException if one of them is no configuration, or two configure the same PID
   */
  static Layer read(int ranking, List<Path> files) throws LaunchException {
    Map<String, JsonObject> configurations = new HashMap<>();
    Map<String, Path> origins = new HashMap<>();
    for (Path file : files) {
      JsonObject content = ConfigurationFile.read(file);
      for (String pid : content.keySet()) {
        if (!pid.startsWith(ConfigurationFile.RESERVED)) {
          @Nullable Path other = origins.put(pid, file);
          if (other != null) {
            throw new LaunchException(
                file + ": \"" + pid + "\" is in " + other.getFileName() + " as well. Remove one.");
          }
          configurations.put(pid, content.getJsonObject(pid));
        }
      }
    }
    return new Layer(ranking, configurations);
  }

  /** The layer as one text for the Configurator; each PID with the ranking. */
  String text() {
    JsonObjectBuilder all = JSON.createObjectBuilder();
    new TreeMap<>(configurations)
        .forEach((pid, its) -> all.add(pid, JSON.createObjectBuilder(its).add(RANKING, ranking)));
    return all.build().toString();
  }
}
