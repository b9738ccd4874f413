package city.mycelium.cli;

import city.mycelium.api.control.CommandException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code device add}: registers a LoRaWAN device and, if it is said where it belongs, adopts it.
 * Its keys come out of files or the standard input, since arguments of a process are no secret.
 */
final class NewLorawanDevice {

  private static final List<String> KEYS = List.of("app-key", "nwk-skey", "app-skey");

  private final InputStream in;
  private final PrintStream err;

  /**
   * A conversation.
   *
   * @param in where keys are read from if no file is named
   * @param err where they are asked for
   */
  NewLorawanDevice(InputStream in, PrintStream err) {
    this.in = in;
    this.err = err;
  }

  JsonObject add(Gateway gateway, CommandLine line, Question question)
      throws UsageException, CommandException, IOException {
    Map<String, String> arguments = new LinkedHashMap<>(question.arguments());
    String thing = arguments.remove("thing");
    for (String key : KEYS) {
      if (line.has(key)) {
        throw new UsageException(
            "a key on the command line can be seen by everybody on this machine, and that key is no"
                + " secret any more: write it into a file and say --"
                + key
                + "-file FILE, or give it on the standard input");
      }
    }
    BufferedReader given = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    for (String key : needed(arguments)) {
      arguments.put(key, key(line, key, given));
    }
    JsonObject added = gateway.ask("device add", arguments);
    if (thing == null) {
      return added;
    }
    String device = added.getString("device");
    try {
      gateway.ask("device adopt", Map.of("device", device, "thing", thing));
    } catch (CommandException e) {
      throw new CommandException(
          device
              + " is registered, but does not belong to a thing yet: "
              + e.getMessage()
              + ". Then: mycelium device adopt "
              + device
              + " --thing "
              + thing,
          e);
    }
    return Json.createObjectBuilder(added).add("thing", thing).add("state", "adopted").build();
  }

  /** Those of a device that another network hears are with that network. */
  private static List<String> needed(Map<String, String> arguments) {
    if ("feed".equals(arguments.get("activation"))) {
      return List.of();
    }
    return arguments.containsKey("dev-addr") ? List.of("nwk-skey", "app-skey") : List.of("app-key");
  }

  private String key(CommandLine line, String key, BufferedReader given)
      throws UsageException, IOException {
    Optional<String> file = line.option(key + "-file");
    if (file.isPresent()) {
      // Its first line, and no more of a wrong file than a key has.
      try (BufferedReader reader =
          Files.newBufferedReader(Path.of(file.get()), StandardCharsets.UTF_8)) {
        return orElse(reader.readLine(), file.get() + " is empty");
      }
    }
    err.println(key + " (32 hexadecimal digits):");
    return orElse(
        given.readLine(),
        "no " + key + " came on the standard input; or say --" + key + "-file FILE");
  }

  private static String orElse(@Nullable String text, String complaint) throws UsageException {
    if (text == null || text.isBlank()) {
      throw new UsageException(complaint);
    }
    return text.strip();
  }
}
