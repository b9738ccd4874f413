package city.mycelium.journal.internal;

import city.mycelium.api.control.Command;
import city.mycelium.api.control.CommandException;
import city.mycelium.api.journal.Journal;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.Result;
import city.mycelium.api.registry.Registry;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code journal export}: a page of Observations, from an offset on. The answer says where the next
 * page begins, so that whoever asks goes on until {@code end}; neither side holds more than a page.
 */
final class ExportCommand implements Command {

  /** So many offsets are looked at for one answer: a line of some hundred kilobytes. */
  static final int PAGE = 1_000;

  private final Journal journal;
  private final Supplier<Optional<Registry>> registry;

  /** What is known of the Datastreams goes along, while somebody knows them. */
  ExportCommand(Journal journal, Supplier<Optional<Registry>> registry) {
    this.journal = journal;
    this.registry = registry;
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
    Optional<Registry> known = registry.get();
    page.stream().filter(selection::has).forEach(observation -> rows.add(row(observation, known)));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("observations", rows);
    answer.put("after", page.isEmpty() ? after : page.get(page.size() - 1).identity().offset());
    answer.put("end", page.isEmpty());
    return answer;
  }

  private static Map<String, Object> row(Observation observation, Optional<Registry> known) {
    Optional<Datastream> datastream = known.flatMap(r -> r.datastream(observation.datastream()));
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("gateway", observation.identity().gateway().value());
    row.put("epoch", Identity.epochText(observation.identity().epoch()));
    row.put("offset", observation.identity().offset());
    row.put("datastream", observation.datastream().value());
    row.put("phenomenonTime", observation.phenomenonTime().toString());
    row.putAll(observation.result().accept(new ExportedResult()));
    datastream.ifPresent(of -> row.put("unit", of.unit().code()));
    row.put("quality", observation.quality().name().toLowerCase(Locale.ROOT));
    row.put("receivedAt", Instant.ofEpochMilli(observation.receivedAt()).toString());
    datastream.ifPresent(of -> meaning(row, of, known));
    return row;
  }

  /** Whose it is stays out: it is nothing that a platform may learn of an Observation. */
  private static void meaning(
      Map<String, Object> row, Datastream datastream, Optional<Registry> known) {
    row.put("property", datastream.property().name());
    row.put("device", datastream.device().value());
    Duration window = datastream.window();
    if (window != null) {
      row.put("window", window.toString());
    }
    if (datastream.personal()) {
      row.put("personal", true);
    }
    Map<String, Object> place = new LinkedHashMap<>();
    place.put("id", datastream.thing().value());
    known
        .flatMap(r -> r.thing(datastream.thing()))
        .ifPresent(
            thing -> {
              place.put("name", thing.name());
              Result.Position exact = thing.location();
              if (exact != null) {
                place.put("latitude", exact.latitude());
                place.put("longitude", exact.longitude());
              }
            });
    row.put("thing", place);
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
