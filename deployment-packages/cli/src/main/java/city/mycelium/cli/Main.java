package city.mycelium.cli;

import city.mycelium.api.control.CommandException;
import city.mycelium.shell.internal.ControlSocket;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code mycelium device …}, {@code mycelium ledger} and {@code mycelium journal …}. Exits 0 only
 * if what was asked was done.
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
      mycelium journal stats [--data DIR] [--json]
          what is in the journal, how much room it takes, and what has happened to it
      mycelium journal verify [--data DIR] [--json]
          reads all of it; exits 1 if anything is not as it was written
      mycelium journal export [--from TIME] [--to TIME] [--datastream ID] [--data DIR] [--json]
          every Observation as a line of CSV, or of JSON; times such as 2026-11-23T12:00:00Z
      mycelium journal backup FILE [--data DIR]
          a copy as of one moment, read through once; the gateway may run
      mycelium journal restore FILE [--replace] [--data DIR]
          puts a backup back, as a new epoch; the gateway has to be stopped
      mycelium journal salvage [--data DIR]
          sets a damaged journal aside and saves what can be read; the gateway has to be stopped
          (a running one does it by itself)

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
      boolean ofTheJournal = line.words().get(0).equals("journal");
      Question question = question(line);
      if (ofTheJournal) {
        Optional<JsonObject> done = JournalWords.run(line, data(line), System.currentTimeMillis());
        if (done.isPresent()) {
          return say(line, done.get());
        }
      }
      try (Gateway gateway = find(line)) {
        if (question.command().equals("journal export")) {
          Export.run(gateway, question.arguments(), line.has("json"), out);
          return DONE;
        }
        return say(line, gateway.ask(question.command(), question.arguments()));
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

  /** Prints an answer; one that says that something is not sound is no success. */
  private int say(CommandLine line, JsonObject answer) {
    out.print(line.has("json") ? answer + "\n" : Table.of(answer));
    return answer.getBoolean("sound", true) ? DONE : REFUSED;
  }

  private record Question(String command, Map<String, String> arguments) {}

  private static Question question(CommandLine line) throws UsageException {
    List<String> words = line.words();
    String command = String.join(" ", words.subList(0, Math.min(2, words.size())));
    Map<String, String> arguments = new HashMap<>();
    if (words.get(0).equals("ledger") && words.size() == 1) {
      return new Question("ledger", arguments);
    }
    if (command.equals("device list") && words.size() == 2) {
      return new Question(command, arguments);
    }
    if (command.equals("device adopt") && words.size() == 3) {
      arguments.put("device", words.get(2));
      arguments.put(
          "thing",
          line.option("thing")
              .orElseThrow(() -> new UsageException("say what it belongs to: --thing THING")));
      return new Question(command, arguments);
    }
    if (words.get(0).equals("journal") && words.size() > 1) {
      switch (words.get(1)) {
        case "stats", "verify", "salvage" -> {
          if (words.size() == 2) {
            return new Question(command, arguments);
          }
        }
        case "export" -> {
          for (String name : List.of("from", "to", "datastream")) {
            line.option(name).ifPresent(value -> arguments.put(name, value));
          }
          return new Question(command, arguments);
        }
        case "backup", "restore" -> {
          arguments.put("file", JournalWords.file(line).toString());
          return new Question(command, arguments);
        }
        default -> {
          // Said below, with what was typed.
        }
      }
    }
    throw new UsageException("there is no command '" + String.join(" ", words) + "'");
  }

  private Path data(CommandLine line) throws IOException {
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
    return data;
  }

  private Gateway find(CommandLine line) throws IOException {
    Path data = data(line);
    Optional<Gateway> running = RunningGateway.find(data.resolve(ControlSocket.FILE_NAME));
    if (running.isPresent()) {
      return running.get();
    }
    return StoppedGateway.open(data, line.option("config").map(Path::of));
  }
}
