package city.mycelium.cli;

import city.mycelium.api.control.CommandException;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonWriterFactory;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code mycelium destination add} and {@code remove}: a file of its own in the folder of the
 * configuration, which a running gateway looks at every second. A file that somebody wrote is never
 * changed, nor a packaged default.
 */
final class ConfiguredDestination {

  private static final JsonWriterFactory PRETTY =
      Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true));

  private static final String CONNECTOR = "connector.";

  /** What is a list in the configuration; typed with commas. */
  private static final Set<String> LISTS =
      Set.of("select", "selectProperties", "selectThings", "selectKinds", "urgentSelect");

  private ConfiguredDestination() {}

  /**
   * Does it, if the words ask for it.
   *
   * @throws CommandException if it was not done; the message is for a person
   */
  static JsonObject run(CommandLine line) throws UsageException, CommandException, IOException {
    List<String> words = line.words();
    if (words.size() != 3) {
      throw new UsageException("say which: mycelium destination " + words.get(1) + " NAME");
    }
    String name = words.get(2);
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
      throw new UsageException("a destination's name is 1 to 64 of A-Z a-z 0-9 - . _");
    }
    Path folder =
        Path.of(
            line.option("config")
                .orElseThrow(
                    () ->
                        new UsageException(
                            "say where the configuration is: --config DIR, as the gateway is"
                                + " started with")));
    if (!Files.isDirectory(folder)) {
      throw new CommandException("there is no configuration folder " + folder);
    }
    Path file = folder.resolve("destination-" + name + ".json");
    return words.get(1).equals("add") ? add(line, name, file) : remove(name, file);
  }

  private static JsonObject add(CommandLine line, String name, Path file)
      throws UsageException, CommandException, IOException {
    String recipient =
        line.option("recipient")
            .orElseThrow(() -> new UsageException("say who is behind it: --recipient PARTY"));
    String connector = line.option("connector").orElse("mqtt");
    if (!connector.matches("[a-z][a-z0-9-]{0,30}")) {
      throw new UsageException("--connector is a word such as mqtt, http or coap");
    }
    if (Files.exists(file)) {
      throw new CommandException(file + " is there already: change it, or remove it first");
    }
    JsonObjectBuilder destination =
        Json.createObjectBuilder().add("name", name).add("recipient", recipient);
    JsonObjectBuilder wire = Json.createObjectBuilder().add("destination", name);
    line.sets()
        .forEach(
            (key, value) -> {
              if (key.startsWith(CONNECTOR)) {
                wire.add(key.substring(CONNECTOR.length()), value);
              } else if (LISTS.contains(key)) {
                JsonArrayBuilder list = Json.createArrayBuilder();
                List.of(value.split(",")).forEach(each -> list.add(each.strip()));
                destination.add(key, list);
              } else {
                destination.add(key, value);
              }
            });
    JsonObject all =
        Json.createObjectBuilder()
            .add("city.mycelium.sync.Destination~" + name, destination)
            .add("city.mycelium.connector." + connector + "~" + name, wire)
            .build();
    write(file, all);
    return said(
        name,
        file
            + " is written; a running gateway takes it within two seconds. Nothing leaves without a"
            + " Grant for "
            + recipient
            + ". Next: mycelium destination test --destination "
            + name);
  }

  /** The launcher never sees half a file: what does not end in .json is not looked at. */
  private static void write(Path file, JsonObject all) throws IOException {
    StringWriter text = new StringWriter();
    try (var writer = PRETTY.createWriter(text)) {
      writer.write(all);
    }
    Path half = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(
        half,
        "// Written by: mycelium destination add. May be changed.\n"
            + text.toString().strip()
            + "\n");
    Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static JsonObject remove(String name, Path file) throws CommandException, IOException {
    if (!Files.deleteIfExists(file)) {
      throw new CommandException(
          "there is no file "
              + file
              + ", so it was not added by command: take it out of the file that names it");
    }
    return said(
        name,
        file
            + " is removed; a running gateway stops it within two seconds. How far it came stays in"
            + " the journal: added again under the same name it goes on there");
  }

  private static JsonObject said(String name, String note) {
    return Json.createObjectBuilder().add("destination", name).add("note", note).build();
  }
}
