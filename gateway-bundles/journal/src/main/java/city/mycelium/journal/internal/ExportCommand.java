package city.mycelium.journal.internal;

import city.mycelium.api.control.Command;
import city.mycelium.api.control.CommandException;
import city.mycelium.api.journal.Journal;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.Unit;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code journal export}: a page of Observations, from an offset on. The answer says where the next
 * page begins, so that whoever asks goes on until {@code end}; neither side holds more than a page.
 */
final class ExportCommand implements Command {

  /** So many offsets are looked at for one answer: a line of some hundred kilobytes. */
  static final int PAGE = 1_000;

  private final Journal journal;
  private final Function<DatastreamId, Optional<Unit>> units;

  /** Whoever knows the Datastreams tells their units. */
  ExportCommand(Journal journal, Function<DatastreamId, Optional<Unit>> units) {
    this.journal = journal;
    this.units = units;
  }

  @Override
  public String name() {
    return "journal export";
  }

  /** What was asked for; the times are of the phenomenon. */
  private record Selection(long from, long to, String datastream) {
    boolean has(Observation observation) {
      long at = observation.phenomenonTime().from();
      return from <= at
          && at < to
          && (datastream.isEmpty() || datastream.equals(observation.datastream().value()));
    }
  }

  @Override
  public Map<String, Object> run(Map<String, String> arguments) throws CommandException {
    Selection selection =
        new Selection(
            time(arguments.get("from"), Long.MIN_VALUE),
            time(arguments.get("to"), Long.MAX_VALUE),
            arguments.getOrDefault("datastream", ""));
    long after = offset(arguments.getOrDefault("after", "0"));
    List<Observation> page;
    try {
      page = journal.read(after, PAGE);
    } catch (JournalException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
    List<Object> rows = new ArrayList<>();
    page.stream().filter(selection::has).forEach(observation -> rows.add(row(observation)));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("observations", rows);
    answer.put("after", page.isEmpty() ? after : page.get(page.size() - 1).identity().offset());
    answer.put("end", page.isEmpty());
    return answer;
  }

  private Map<String, Object> row(Observation observation) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("epoch", Identity.epochText(observation.identity().epoch()));
    row.put("offset", observation.identity().offset());
    row.put("datastream", observation.datastream().value());
    row.put("phenomenonTime", observation.phenomenonTime().toString());
    row.putAll(observation.result().accept(new ExportedResult()));
    units.apply(observation.datastream()).ifPresent(unit -> row.put("unit", unit.code()));
    row.put("quality", observation.quality().name().toLowerCase(Locale.ROOT));
    row.put("receivedAt", Instant.ofEpochMilli(observation.receivedAt()).toString());
    return row;
  }

  private static long time(@Nullable String text, long otherwise) throws CommandException {
    if (text == null) {
      return otherwise;
    }
    try {
      return Instant.parse(text.length() == 10 ? text + "T00:00:00Z" : text).toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw new CommandException(
          "'" + text + "' is no time: write it as 2026-11-23 or 2026-11-23T12:00:00Z", e);
    }
  }

  private static long offset(String text) throws CommandException {
    try {
      return Math.max(0, Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw new CommandException("'" + text + "' is no offset", e);
    }
  }
}
