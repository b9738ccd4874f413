package city.mycelium.cli;

import city.mycelium.api.control.CommandException;
import city.mycelium.shell.internal.ControlSocket;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The words of a person, asked of a gateway: {@code mycelium device …}, {@code ledger}, {@code
 * destination …}, {@code quarantine …}, {@code clock}. Exits 0 only if what was asked was done.
 */
public final class Main {

  static final int DONE = 0;
  static final int REFUSED = 1;
  static final int USAGE = 2;

  private static final String LOG_LEVEL = "tinylog.level";

  private static final String HELP =
      """
      mycelium device list [--data DIR] [--json]
          every device: adopted, or waiting for adoption with what is held for it
      mycelium device adopt DEVICE --thing THING [--data DIR] [--json]
          from now on the device belongs to the thing, and what was held is released
      mycelium ledger [--data DIR] [--json]
          what became of everything that was accepted, per destination
      mycelium clock [--data DIR] [--json]
          whether the time is trusted, who vouches for it, since when, how many readings wait for
          it, and what to do
      mycelium destination list [--data DIR] [--json]
          how each destination stands: connected, position, what waits and why, the last error
      mycelium destination replay --destination NAME --from INSTANT|OFFSET [--to INSTANT|OFFSET]
          sends again what the journal still holds of what the destination has passed, behind live
          data; consent is judged anew, the ledger counts nothing twice
      mycelium quarantine list [--destination NAME] [--data DIR] [--json]
          what a platform did not take, why, and since when
      mycelium quarantine show|retry|discard DESTINATION/OFFSET
          looks into an entry, sends it again, or forgets it (the ledger goes on saying refused)

      --data DIR    the gateway's data directory (default: $MYCELIUM_DATA, else ./data)
      --config DIR  its configuration, needed only to adopt while the gateway is stopped
      --json        JSON instead of a table
      """;

  private final PrintStream out;
  private final PrintStream err;
  private final Map<String, String> environment;

  Main(PrintStream out, PrintStream err, Map<String, String> environment) {
    this.out = out;
    this.err = err;
    this.environment = environment;
  }

  public static void main(String[] arguments) {
    // What matters is said in words of ours; the rooms' own log would only stand between them.
    if (System.getProperty(LOG_LEVEL) == null) {
      System.setProperty(LOG_LEVEL, "off");
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    System.exit(new Main(out, err, System.getenv()).run(arguments));
  }

  int run(String... arguments) {
    try {
      CommandLine line = CommandLine.parse(arguments);
      if (line.has("help") || line.words().isEmpty()) {
        out.print(HELP);
        return line.has("help") ? DONE : USAGE;
      }
      Question question = Question.of(line);
      try (Gateway gateway = find(line)) {
        JsonObject answer = gateway.ask(question.command(), question.arguments());
        out.print(line.has("json") ? answer + "\n" : Table.of(answer));
        return DONE;
      }
    } catch (UsageException e) {
      err.println(e.getMessage());
      err.print(HELP);
      return USAGE;
    } catch (CommandException | IOException e) {
      err.println(e.getMessage());
      return REFUSED;
    }
  }

  private Gateway find(CommandLine line) throws IOException {
    Path data =
        Path.of(
            line.option("data")
                .or(() -> Optional.ofNullable(environment.get("MYCELIUM_DATA")))
                .orElse("data"));
    if (!Files.isDirectory(data)) {
      throw new IOException(
          "there is no gateway's data in '"
              + data
              + "': say where it is with --data DIR, or start the gateway once");
    }
    Optional<Gateway> running = RunningGateway.find(data.resolve(ControlSocket.FILE_NAME));
    if (running.isPresent()) {
      return running.get();
    }
    return StoppedGateway.open(data, line.option("config").map(Path::of));
  }
}
