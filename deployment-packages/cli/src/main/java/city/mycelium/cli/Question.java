package city.mycelium.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the gateway is asked.
 *
 * @param command its name there
 * @param arguments by name
 */
record Question(String command, Map<String, String> arguments) {

  /**
   * What can be typed.
   *
   * @param command the words, which are also the command's name on the gateway
   * @param operand the argument that the word behind them is; empty if none follows
   * @param required options that must be there, each with what it is for
   * @param optional options that may be there
   */
  private record Phrase(
      String command, String operand, Map<String, String> required, List<String> optional) {}

  /** An operand that goes to the gateway with its whole path: that may stand in another folder. */
  private static final String FILE = "file";

  private static final Map<String, String> WHICH =
      Map.of("destination", "say which: --destination NAME");

  private static final List<Phrase> PHRASES =
      List.of(
          new Phrase("ledger", "", Map.of(), List.of()),
          new Phrase("clock", "", Map.of(), List.of()),
          new Phrase("device list", "", Map.of(), List.of()),
          new Phrase(
              "device adopt",
              "device",
              Map.of("thing", "say what it belongs to: --thing THING"),
              List.of()),
          new Phrase(
              "device add",
              "",
              Map.of(
                  "dev-eui", "say which device: --dev-eui, 16 hexadecimal digits printed on it",
                  "profile", "say what kind of device it is: --profile, such as bosch-tps110"),
              List.of(
                  "activation",
                  "join-eui",
                  "name",
                  "dev-addr",
                  "lorawan",
                  "adr",
                  "resets-counters",
                  "thing")),
          new Phrase("device remove", "device", Map.of(), List.of()),
          new Phrase("health", "", Map.of(), List.of()),
          new Phrase("record", "", Map.of(), List.of()),
          new Phrase("record status", "", Map.of(), List.of()),
          new Phrase("record stop", "", Map.of(), List.of()),
          new Phrase("lorawan status", "", Map.of(), List.of()),
          new Phrase(
              "i2c scan",
              "",
              Map.of("bus", "say which bus: --bus /dev/i2c-1 (`ls /dev/i2c-*` shows them)"),
              List.of()),
          new Phrase("journal stats", "", Map.of(), List.of()),
          new Phrase("journal verify", "", Map.of(), List.of()),
          new Phrase("journal export", "", Map.of(), List.of("from", "to", "datastream")),
          new Phrase("journal backup", FILE, Map.of(), List.of()),
          new Phrase("journal restore", FILE, Map.of(), List.of()),
          new Phrase("journal salvage", "", Map.of(), List.of()),
          new Phrase("destination list", "", Map.of(), List.of()),
          new Phrase("destination test", "", WHICH, List.of("publish")),
          new Phrase("destination pause", "", WHICH, List.of()),
          new Phrase("destination resume", "", WHICH, List.of()),
          new Phrase(
              "destination backfill",
              "",
              Map.of(
                  "destination", "say to which: --destination NAME",
                  "from", "say from where: --from INSTANT or --from OFFSET"),
              List.of("to")),
          new Phrase(
              "destination replay",
              "",
              Map.of(
                  "destination", "say to which: --destination NAME",
                  "from", "say from where: --from INSTANT or --from OFFSET"),
              List.of("to")),
          new Phrase("quarantine list", "", Map.of(), List.of("destination")),
          new Phrase("quarantine show", "entry", Map.of(), List.of()),
          new Phrase("quarantine retry", "entry", Map.of(), List.of()),
          new Phrase("quarantine discard", "entry", Map.of(), List.of()));

  /**
   * Understands what was typed.
   *
   * @throws UsageException if it makes no command
   */
  static Question of(CommandLine line) throws UsageException {
    String typed = String.join(" ", line.words());
    for (Phrase phrase : PHRASES) {
      if (phrase.operand().isEmpty() && typed.equals(phrase.command())) {
        return new Question(phrase.command(), options(phrase, line));
      }
      if (!phrase.operand().isEmpty() && typed.equals(phrase.command())) {
        throw new UsageException(
            "say which "
                + phrase.operand()
                + ": mycelium "
                + phrase.command()
                + " "
                + phrase.operand().toUpperCase(Locale.ROOT));
      }
      if (!phrase.operand().isEmpty()
          && typed.startsWith(phrase.command() + " ")
          && line.words().size() == 3) {
        Map<String, String> arguments = options(phrase, line);
        String operand = line.words().get(2);
        arguments.put(
            phrase.operand(),
            phrase.operand().equals(FILE) ? Path.of(operand).toAbsolutePath().toString() : operand);
        return new Question(phrase.command(), arguments);
      }
    }
    throw new UsageException("there is no command '" + typed + "'");
  }

  private static Map<String, String> options(Phrase phrase, CommandLine line)
      throws UsageException {
    Map<String, String> arguments = new LinkedHashMap<>();
    for (Map.Entry<String, String> option : phrase.required().entrySet()) {
      Optional<String> value = line.option(option.getKey());
      arguments.put(
          option.getKey(), value.orElseThrow(() -> new UsageException(option.getValue())));
    }
    phrase
        .optional()
        .forEach(name -> line.option(name).ifPresent(value -> arguments.put(name, value)));
    return arguments;
  }
}
