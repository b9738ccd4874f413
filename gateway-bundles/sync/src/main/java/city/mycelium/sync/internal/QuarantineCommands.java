package city.mycelium.sync.internal;

import city.mycelium.api.control.Command;
import city.mycelium.api.control.CommandException;
import city.mycelium.api.journal.Journal;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.OffsetRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code quarantine list}, {@code show}, {@code retry} and {@code discard}: what platforms did not
 * take. An entry is named {@code <destination>/<first offset>}.
 */
final class QuarantineCommands {

  /** A message is shown in full only up to here. */
  private static final int SHOWN = 100;

  private QuarantineCommands() {}

  static List<Command> of(Destinations destinations) {
    return List.of(
        new ListEntries(destinations),
        new ShowEntry(destinations),
        new RetryEntry(destinations),
        new DiscardEntry(destinations));
  }

  private record ListEntries(Destinations destinations) implements Command {

    @Override
    public String name() {
      return "quarantine list";
    }

    @Override
    public Map<String, Object> run(Map<String, String> arguments) throws CommandException {
      String only = arguments.get("destination");
      List<Object> rows = new ArrayList<>();
      for (String name : only == null ? destinations.all().keySet() : List.of(only)) {
        if (only != null || destinations.isRunning(name)) {
          rows.addAll(
              destinations.ask(
                  name, sync -> sync.quarantine().all().stream().map(r -> row(name, r)).toList()));
        }
      }
      return Map.of("quarantine", rows);
    }
  }

  private static Map<String, Object> row(String destination, Refusal refusal) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("entry", destination + "/" + refusal.id());
    row.put("observations", refusal.count());
    row.put("since", Instant.ofEpochMilli(refusal.since()).toString());
    row.put("attempts", (long) refusal.attempts());
    row.put("why", refusal.why());
    return row;
  }

  /** An entry, as it was named. */
  private record Named(String destination, long id) {

    static Named of(Map<String, String> arguments) throws CommandException {
      String entry = Arguments.required(arguments, "entry");
      int slash = entry.indexOf('/');
      if (slash < 1 || !entry.substring(slash + 1).matches("[0-9]{1,18}")) {
        throw new CommandException(
            "an entry is <destination>/<offset> as quarantine list shows it, not '" + entry + "'");
      }
      return new Named(entry.substring(0, slash), Long.parseLong(entry.substring(slash + 1)));
    }

    Refusal in(DestinationSync sync) throws CommandException {
      return sync.quarantine()
          .find(id)
          .orElseThrow(
              () ->
                  new CommandException(
                      "destination " + destination + " has no quarantine entry " + id));
    }
  }

  private record ShowEntry(Destinations destinations) implements Command {

    @Override
    public String name() {
      return "quarantine show";
    }

    @Override
    public Map<String, Object> run(Map<String, String> arguments) throws CommandException {
      Named named = Named.of(arguments);
      return destinations.ask(
          named.destination(),
          sync -> {
            Refusal refusal = named.in(sync);
            Map<String, Object> answer = row(named.destination(), refusal);
            answer.put("covers", Ranges.text(refusal.covers()));
            List<Object> counts = new ArrayList<>();
            new TreeMap<>(refusal.counts())
                .forEach(
                    (id, count) -> counts.add(Map.of("datastream", id.value(), "count", count)));
            answer.put("datastreams", counts);
            answer.put("contents", contents(sync.journal(), refusal));
            return answer;
          });
    }

    private static List<Object> contents(Journal journal, Refusal refusal) throws JournalException {
      List<Object> rows = new ArrayList<>();
      for (OffsetRange range : refusal.offsets()) {
        int room = (int) Math.min(SHOWN - rows.size(), range.size());
        if (room < 1) {
          break;
        }
        journal.read(range.first() - 1, room).stream()
            .filter(observation -> range.contains(observation.identity().offset()))
            .map(ShowEntry::text)
            .forEach(rows::add);
      }
      return rows;
    }

    private static Map<String, Object> text(Observation observation) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("offset", observation.identity().offset());
      row.put("datastream", observation.datastream().value());
      row.put("phenomenonTime", observation.phenomenonTime().toString());
      row.put("result", observation.result().toString());
      row.put("quality", observation.quality().toString());
      row.put("receivedAt", Instant.ofEpochMilli(observation.receivedAt()).toString());
      return row;
    }
  }

  private record RetryEntry(Destinations destinations) implements Command {

    @Override
    public String name() {
      return "quarantine retry";
    }

    @Override
    public Map<String, Object> run(Map<String, String> arguments) throws CommandException {
      Named named = Named.of(arguments);
      return destinations.ask(
          named.destination(),
          sync -> {
            Refusal refusal = named.in(sync);
            Map<String, Object> answer = row(named.destination(), sync.wishes().retry(refusal));
            answer.put(
                "note",
                "so many go again, as consent stands now; when they are proven the entry is gone and"
                    + " the ledger says delivered");
            return answer;
          });
    }
  }

  private record DiscardEntry(Destinations destinations) implements Command {

    @Override
    public String name() {
      return "quarantine discard";
    }

    @Override
    public Map<String, Object> run(Map<String, String> arguments) throws CommandException {
      Named named = Named.of(arguments);
      return destinations.ask(
          named.destination(),
          sync -> {
            Refusal refusal = named.in(sync);
            sync.wishes().discard(refusal);
            Map<String, Object> answer = row(named.destination(), refusal);
            answer.put("note", "the entry is forgotten; the ledger goes on saying refused");
            return answer;
          });
    }
  }
}
