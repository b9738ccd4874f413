package city.mycelium.simulator.town;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.felix.cm.json.io.Configurations;

/**
 * Real platforms that receive the town's data beside its receiver: the blocks that a gateway.json
 * has for a Destination and its connector, and nothing else, so that what was tried here can be
 * taken over as it is.
 *
 * @param configuration by PID
 */
public record FurtherDestinations(JsonObject configuration) {

  /** The town has its receiver, and that is all. */
  public static final FurtherDestinations NONE =
      new FurtherDestinations(JsonObject.EMPTY_JSON_OBJECT);

  private static final String DESTINATION = "city.mycelium.sync.Destination~";
  private static final String CONNECTOR = "city.mycelium.connector.";
  private static final String NAME = "name";
  private static final String RECIPIENT = "recipient";

  /**
   * Checks it.
   *
   * @throws IllegalArgumentException if it is anything else; the message is for a person
   */
  public FurtherDestinations {
    for (Map.Entry<String, JsonValue> block : configuration.entrySet()) {
      String pid = block.getKey();
      if (!pid.startsWith(DESTINATION) && !(pid.startsWith(CONNECTOR) && pid.contains("~"))) {
        throw new IllegalArgumentException(
            "'"
                + pid
                + "' is neither a Destination ("
                + DESTINATION
                + "…) nor a connector ("
                + CONNECTOR
                + "…~…): all else of the demo's gateway is the demo's own");
      }
      if (!(block.getValue() instanceof JsonObject settings)) {
        throw new IllegalArgumentException("the value of '" + pid + "' must be an object: { … }");
      }
      if (pid.startsWith(DESTINATION)) {
        check(pid, settings);
      } else if (text(settings, "destination").equals(TownConfiguration.DESTINATION)) {
        throw taken();
      }
    }
  }

  private static void check(String pid, JsonObject settings) {
    for (String key : new String[] {NAME, RECIPIENT}) {
      if (text(settings, key).isBlank()) {
        throw new IllegalArgumentException("'" + pid + "' needs a \"" + key + "\"");
      }
    }
    if (text(settings, NAME).equals(TownConfiguration.DESTINATION)
        || pid.equals(DESTINATION + TownConfiguration.DESTINATION)) {
      throw taken();
    }
  }

  private static IllegalArgumentException taken() {
    return new IllegalArgumentException(
        "the demo has a Destination '"
            + TownConfiguration.DESTINATION
            + "' of its own: give yours another name, in all its blocks");
  }

  /**
   * Reads a file: JSON, comments included, as in the folder of a gateway's configuration.
   *
   * @throws IOException if it cannot be read; the message is for a person
   * @throws IllegalArgumentException if something in it does not belong there
   */
  public static FurtherDestinations read(Path file) throws IOException {
    try (Reader text = Files.newBufferedReader(file);
        JsonReader json = Json.createReader(Configurations.jsonCommentAwareReader(text))) {
      FurtherDestinations read = new FurtherDestinations(json.readObject());
      if (read.names().isEmpty()) {
        throw new IllegalArgumentException(
            file + " names no Destination: it needs a block \"" + DESTINATION + "…\"");
      }
      return read;
    } catch (NoSuchFileException e) {
      throw new IOException("there is no file " + file, e);
    } catch (JsonException e) {
      throw new IOException(
          file
              + " is not JSON with comments, one object with the blocks in it: { \""
              + DESTINATION
              + "…\": { … }, … } ("
              + e.getMessage()
              + ")",
          e);
    }
  }

  /** What they are called. */
  public SortedSet<String> names() {
    return all(NAME);
  }

  /** The parties behind them. */
  SortedSet<String> recipients() {
    return all(RECIPIENT);
  }

  private SortedSet<String> all(String key) {
    SortedSet<String> all = new TreeSet<>();
    configuration.forEach(
        (pid, settings) -> {
          if (pid.startsWith(DESTINATION)) {
            all.add(text(settings.asJsonObject(), key));
          }
        });
    return all;
  }

  private static String text(JsonObject settings, String key) {
    return settings.get(key) instanceof JsonString text ? text.getString() : "";
  }
}
