package city.mycelium.cli;

import city.mycelium.api.control.CommandException;
import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.DialectKind;
import city.mycelium.api.dialect.Link;
import city.mycelium.api.dialect.MessageReader;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.dialect.ToldObservation;
import city.mycelium.api.dialect.UnreadableMessageException;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.settings.Settings;
import city.mycelium.api.settings.SettingsException;
import city.mycelium.journal.internal.ExportedResult;
import city.mycelium.shell.internal.Requests;
import city.mycelium.sync.internal.MappingFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code mycelium encode} and {@code decode --dialect}: the dialects that gateways send in, run
 * over lines of JSON. Nothing is sent, and consent is not asked: the lines are in the hands of
 * whoever runs it already.
 */
final class DialectWords {

  static final String HELP =
      """
      mycelium encode --dialect NAME [--set KEY=VALUE …] [--mapping FILE] [--destination NAME]
              [--batch N] < observations.jsonl
          the messages that a gateway would send for these observations, one line of JSON each:
          verb, target, headers, mediaType, payload (as text) or base64. The observations are lines
          as `mycelium journal export --json` writes them; docs/examples/observations.jsonl shows
          every kind. Exits 1 if a line is none (which, and why), or if the dialect has no words
          for an observation
      mycelium decode --dialect NAME [--set KEY=VALUE …] [--mapping FILE] < messages.jsonl
          what a platform learns of each message, one line of JSON per observation: source, name,
          unit, phenomenonTime, kind, result, identity as far as the dialect has a place for it

          --set      what may be set of the dialect, as `dialect.KEY` in a destination's
                     configuration
          --mapping  the destination's mapping file: what the platform calls things
          --dialect list shows every dialect with its settings
      """;

  private static final int MOST_PER_BATCH = 10_000;

  private DialectWords() {}

  /** Whether everything was said; what was not is on {@code err}. */
  static boolean encode(CommandLine line, InputStream in, PrintStream out, PrintStream err)
      throws UsageException, CommandException, IOException {
    if (isList(line, out)) {
      return true;
    }
    DialectKind kind = kind(line);
    int batch = batch(line);
    List<String> complaints = new ArrayList<>();
    List<Described> waiting = new ArrayList<>();
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    Desk desk = null;
    long number = 0;
    try {
      for (String text = lines.readLine(); text != null; text = lines.readLine()) {
        number++;
        if (text.isBlank()) {
          continue;
        }
        Described next = ObservationLine.read(text, number);
        Identity identity = next.observation().identity();
        boolean isOther = desk != null && !desk.isOf(identity);
        if (desk != null && (isOther || waiting.size() == batch || goesBack(waiting, next))) {
          desk.say(List.copyOf(waiting));
          waiting.clear();
        }
        if (desk == null || isOther) {
          Link link =
              new Link(
                  identity.gateway(),
                  identity.epoch(),
                  List.of(),
                  line.option("destination").orElse("desk"),
                  Link.Proof.ANSWER);
          desk =
              new Desk(
                  kind.dialect(settings(kind, line), names(line)),
                  link,
                  (message, farewell) -> out.println(MessageLine.write(message, farewell)),
                  complaints::add);
        }
        waiting.add(next);
      }
    } catch (IllegalArgumentException | DateTimeException e) { // each says what is wrong in words
      throw new CommandException("line " + number + ": " + e.getMessage(), e);
    } catch (SettingsException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
    if (desk != null && !waiting.isEmpty()) {
      desk.say(List.copyOf(waiting));
    }
    complaints.forEach(err::println);
    return complaints.isEmpty();
  }

  private static boolean goesBack(List<Described> waiting, Described next) {
    return !waiting.isEmpty()
        && waiting.get(waiting.size() - 1).observation().identity().offset()
            >= next.observation().identity().offset();
  }

  /** Reads messages back, each line for itself. */
  static boolean decode(CommandLine line, InputStream in, PrintStream out)
      throws UsageException, CommandException, IOException {
    if (isList(line, out)) {
      return true;
    }
    DialectKind kind = kind(line);
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    long number = 0;
    try {
      MessageReader reader = kind.reader(settings(kind, line), names(line));
      for (String text = lines.readLine(); text != null; text = lines.readLine()) {
        number++;
        if (!text.isBlank()) {
          for (ToldObservation told : reader.read(MessageLine.read(text))) {
            out.println(Requests.toJson(told(told)));
          }
        }
      }
      return true;
    } catch (IllegalArgumentException | UnreadableMessageException e) {
      throw new CommandException("line " + number + ": " + e.getMessage(), e);
    } catch (SettingsException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Map<String, Object> told(ToldObservation told) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("source", told.source());
    row.put("name", told.name());
    putIfThere(row, "unit", told.unit());
    putIfThere(
        row,
        "phenomenonTime",
        told.phenomenonTime() == null ? null : told.phenomenonTime().toString());
    row.putAll(told.result().accept(new ExportedResult()));
    Identity identity = told.identity();
    if (identity != null) {
      row.put("gateway", identity.gateway().value());
      row.put("epoch", Identity.epochText(identity.epoch()));
      row.put("offset", identity.offset());
    }
    return row;
  }

  private static void putIfThere(Map<String, Object> row, String name, @Nullable String value) {
    if (value != null) {
      row.put(name, value);
    }
  }

  private static Map<String, DialectKind> kinds() {
    Map<String, DialectKind> kinds = new TreeMap<>();
    ServiceLoader.load(DialectKind.class).forEach(kind -> kinds.putIfAbsent(kind.name(), kind));
    return kinds;
  }

  private static DialectKind kind(CommandLine line) throws UsageException {
    Map<String, DialectKind> kinds = kinds();
    DialectKind kind = kinds.get(line.option("dialect").orElse(""));
    if (kind == null) {
      throw new UsageException(
          "say which dialect: --dialect with one of " + String.join(", ", kinds.keySet()));
    }
    return kind;
  }

  private static boolean isList(CommandLine line, PrintStream out) {
    if (!line.option("dialect").orElse("").equals("list")) {
      return false;
    }
    for (DialectKind kind : kinds().values()) {
      out.println(kind.name() + "  " + kind.title());
      kind.options()
          .forEach(
              option ->
                  out.println(
                      "    "
                          + option.name()
                          + (option.preset() == null ? "" : " (" + option.preset() + ")")
                          + ": "
                          + option.meaning()));
    }
    return true;
  }

  private static Settings settings(DialectKind kind, CommandLine line)
      throws UsageException, SettingsException {
    return Settings.of("dialect " + kind.name(), kind.options(), line.sets());
  }

  private static Names names(CommandLine line) throws SettingsException {
    return line.has("mapping")
        ? MappingFile.read(Path.of(line.option("mapping").orElseThrow()))
        : Names.NONE;
  }

  private static int batch(CommandLine line) throws UsageException {
    String text = line.option("batch").orElse("100");
    if (text.matches("[0-9]{1,5}")) {
      int batch = Integer.parseInt(text);
      if (batch >= 1 && batch <= MOST_PER_BATCH) {
        return batch;
      }
    }
    throw new UsageException("--batch is 1 to " + MOST_PER_BATCH + ", not '" + text + "'");
  }
}
