package city.mycelium.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.felix.cm.json.io.ConfigurationReader;
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
      try (Reader text = Files.newBufferedReader(file)) {
        ConfigurationReader reader = Configurations.buildReader().build(text);
        Map<String, Hashtable<String, Object>> pids =
            reader.readConfigurationResource().getConfigurations();
        Dictionary<String, Object> registry = pids.get(PID);
        if (registry != null) {
          house = new ConfiguredHouse(texts(registry, "things"), texts(registry, "devices"));
        }
      }
    }
    return house;
  }

  private static String[] texts(Dictionary<String, Object> registry, String key) {
    return registry.get(key) instanceof String[] texts ? texts : new String[0];
  }
}
