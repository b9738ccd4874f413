package city.mycelium.cli;

import city.mycelium.api.control.CommandException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code mycelium record}: asks a running gateway for a record, waits for it, and brings it. */
final class RecordWords {

  private static final List<String> OPTIONS = List.of("devices", "seconds", "bytes");
  private static final int LOOK_EVERY_MILLIS = 250;

  private RecordWords() {}

  /**
   * Records until the record has ended.
   *
   * @param progress where somebody reads how it goes
   * @return how it ended, with {@code file}: where the record is
   * @throws CommandException if the gateway does not record
   * @throws IOException if the record cannot be brought
   */
  static JsonObject run(Gateway gateway, CommandLine line, PrintStream progress)
      throws CommandException, IOException {
    Optional<Path> out = line.option("out").map(Path::of).filter(Files::exists);
    if (out.isPresent()) {
      throw new IOException(out.get() + " is there already: choose another name with --out");
    }
    Map<String, String> arguments = new LinkedHashMap<>();
    OPTIONS.forEach(name -> line.option(name).ifPresent(value -> arguments.put(name, value)));
    if (line.has("with-personal")) {
      arguments.put("with-personal", "true");
    }
    JsonObject standing = gateway.ask("record start", arguments);
    progress.println(
        "recording into "
            + standing.getString("file")
            + "; mycelium record stop ends it before its time");
    while (standing.getBoolean("recording")) {
      pause();
      standing = gateway.ask("record status", Map.of());
    }
    return brought(line, standing);
  }

  private static JsonObject brought(CommandLine line, JsonObject standing) throws IOException {
    if (line.option("out").isEmpty()) {
      return standing;
    }
    Path file = Path.of(standing.getString("file"));
    Path out = Path.of(line.option("out").orElseThrow()).toAbsolutePath();
    Files.copy(file, out);
    Files.delete(file);
    return Json.createObjectBuilder(standing).add("file", out.toString()).build();
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(LOOK_EVERY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted; the gateway goes on recording", e);
    }
  }
}
