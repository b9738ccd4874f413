package city.mycelium.cli;

import city.mycelium.api.control.CommandException;
import city.mycelium.shell.internal.ControlSocket;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code mycelium device …}, {@code destination …}, {@code quarantine …} and {@code ledger}. Exits
 * 0 only if what was asked was done.
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
          what became of everything that was accepted, per destination and datastream
      mycelium ledger --receiver http://HOST:PORT [--destination NAME,…] [--json]
          the same held against what that receiver holds, with every difference explained;
          exits 0 only if nothing is lost and everything is explained
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
      --destination which destinations go to that receiver (default: all)
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
      if (question.command().equals("ledger") && line.has("receiver")) {
        return compare(line);
      }
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

  private int compare(CommandLine line) throws UsageException, CommandException, IOException {
    ReceiverHttp receiver = ReceiverHttp.at(line.option("receiver").orElseThrow());
    try (Gateway gateway = find(line)) {
      GatewayLedger before = GatewayLedger.of(gateway.ask("ledger", Map.of()));
      ReceiverLedger held = receiver.ledger(before.gateway(), before.epoch());
      GatewayLedger after = GatewayLedger.of(gateway.ask("ledger", Map.of()));
      Comparison comparison = Comparison.of(before, held, after, selected(line, after));
      out.print(line.has("json") ? comparison.toJson() + "\n" : comparison.toText());
      return comparison.isSound() ? DONE : REFUSED;
    }
  }

  private static Set<String> selected(CommandLine line, GatewayLedger ledger)
      throws UsageException {
    Set<String> known = ledger.rows().keySet();
    if (!line.has("destination")) {
      return known;
    }
    Set<String> named = new TreeSet<>(List.of(line.option("destination").orElseThrow().split(",")));
    if (!known.containsAll(named)) {
      throw new UsageException(
          "the gateway's destinations are " + String.join(", ", known) + ", not all of " + named);
    }
    return named;
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
