package city.mycelium.sync.internal;

import city.mycelium.api.control.Command;
import city.mycelium.api.control.CommandException;
import city.mycelium.api.journal.Journal;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.observation.OffsetRange;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code destination list} and {@code destination replay}: how it goes, and once more. */
final class DestinationCommands {

  private DestinationCommands() {}

  static List<Command> of(Destinations destinations) {
    return List.of(
        new ListDestinations(destinations),
        new ReplayHistory(destinations, "destination replay"),
        new ReplayHistory(destinations, "destination backfill"),
        new TestDestination(destinations),
        new PauseOrResume(destinations, true),
        new PauseOrResume(destinations, false));
  }

  private record ListDestinations(Destinations destinations) implements Command {

    @Override
    public String name() {
      return "destination list";
    }

    @Override
    public Map<String, Object> run(Map<String, String> arguments) {
      List<Object> rows = new ArrayList<>();
      for (String name : destinations.all().keySet()) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("destination", name);
        String trouble = destinations.trouble(name);
        if (!trouble.isEmpty()) {
          row.put("state", "does not run");
          row.put("connected", false);
          row.put("lastError", trouble);
          rows.add(row);
          continue;
        }
        try {
          row.putAll(destinations.ask(name, DestinationSync::status));
        } catch (CommandException e) { // one that does not answer must not hide the others
          row.put("connected", false);
          row.put("lastError", e.getMessage());
        }
        rows.add(row);
      }
      return Map.of("destinations", rows);
    }
  }

  /** Until it is resumed nothing goes out; durable. */
  private record PauseOrResume(Destinations destinations, boolean pauses) implements Command {

    @Override
    public String name() {
      return pauses ? "destination pause" : "destination resume";
    }

    @Override
    public Map<String, Object> run(Map<String, String> arguments) throws CommandException {
      String name = Arguments.required(arguments, "destination");
      return destinations.ask(
          name,
          sync -> {
            if (pauses) {
              sync.pause();
            } else {
              sync.resume();
            }
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("destination", name);
            answer.put("state", pauses ? "paused" : "running");
            answer.put(
                "note",
                pauses
                    ? "nothing goes out until it is resumed, also after a restart; what comes waits"
                        + " in the journal, and is lost only when that is full or too old"
                    : "it goes on where it was paused");
            return answer;
          });
    }
  }

  /**
   * {@code replay} and {@code backfill} are one: what was passed goes again, judged as consent
   * stands now. Nobody remembers which of it was withheld, and a repeat does no harm.
   */
  private record ReplayHistory(Destinations destinations, String name) implements Command {

    @Override
    public Map<String, Object> run(Map<String, String> arguments) throws CommandException {
      String name = Arguments.required(arguments, "destination");
      String from = Arguments.required(arguments, "from");
      String to = arguments.get("to");
      OffsetRange range =
          destinations.ask(
              name,
              sync -> {
                long first = Math.max(1, before(sync.journal(), from) + 1);
                long last =
                    to == null
                        ? sync.progress().position()
                        : isOffset(to) ? Long.parseLong(to) : before(sync.journal(), to);
                if (last < first) {
                  throw new CommandException("nothing lies between " + from + " and " + to);
                }
                return sync.wishes().replay(new OffsetRange(first, last));
              });
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("destination", name);
      answer.put("first", range.first());
      answer.put("last", range.last());
      answer.put(
          "note",
          "what the journal still holds of it goes again behind live data, as consent stands now; "
              + "the ledger does not count it twice; see destination list");
      return answer;
    }

    /** The last offset before it. */
    private static long before(Journal journal, String text)
        throws CommandException, JournalException {
      if (isOffset(text)) {
        return Math.max(0, Long.parseLong(text) - 1);
      }
      try {
        return journal.offsetBefore(Instant.parse(text).toEpochMilli());
      } catch (DateTimeException e) {
        throw new CommandException(
            "'" + text + "' is neither an offset nor an instant such as 2026-11-23T12:00:00Z", e);
      }
    }

    private static boolean isOffset(String text) {
      return text.matches("[0-9]{1,18}");
    }
  }
}
