package city.mycelium.dialect.opendata.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.api.connector.Verb;
import city.mycelium.api.dialect.Catalogue;
import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectEvent;
import city.mycelium.api.dialect.Inquiry;
import city.mycelium.api.dialect.LatestRevisions;
import city.mycelium.api.dialect.Link;
import city.mycelium.api.dialect.Offsets;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.dialect.Turn;
import city.mycelium.api.observation.OffsetRange;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A CSV file per day (UTC, of when it was observed), into which rows go by their names: so a repeat
 * changes nothing, and a corrected window takes the place of the one before. Remembers which
 * revision was written last. Safe for use by many threads.
 */
final class OpenDataDialect implements Dialect {

  private static final String CSV = "text/csv; charset=utf-8; header=present";

  private final DayRows rows;
  private final Places places;
  private final Description description;

  OpenDataDialect(DayRows rows, Places places, Description description) {
    this.rows = rows;
    this.places = places;
    this.description = description;
  }

  @Override
  public Turn turn(Link link, byte[] state, DialectEvent event) {
    if (event instanceof DialectEvent.Send send) {
      return send(link, state, send);
    }
    if (event instanceof DialectEvent.Connected connected) {
      return introduce(state, connected.catalogue());
    }
    if (event instanceof DialectEvent.CatalogueChanged changed) {
      return introduce(state, changed.catalogue());
    }
    if (event instanceof DialectEvent.Answered answered) {
      OffsetRange covers = answered.covers();
      return covers == null
          ? Turn.quiet(state)
          : new Turn(
              state,
              List.of(),
              Offsets.parse(answered.tag()).usual(link, covers, answered.answer()));
    }
    return Turn.quiet(state);
  }

  /** A row goes into the place of the one of its name. */
  @Override
  public boolean isRepeatHarmless(Link link) {
    return true;
  }

  @Override
  public Optional<Inquiry> inquiry(Link link, byte[] state, Described told) {
    String file = file(day(told));
    String begin = DayRows.name(told) + ',';
    return Optional.of(
        new Inquiry(Message.get(file, CSV), replied -> finding(file, begin, replied)));
  }

  private static Inquiry.Finding finding(String file, String begin, Answer.Replied replied) {
    boolean isThere =
        replied.isSuccess()
            && new String(replied.body(), StandardCharsets.UTF_8)
                .lines()
                .anyMatch(line -> line.startsWith(begin));
    return new Inquiry.Finding(
        isThere,
        isThere
            ? file + " holds it: the row " + begin.substring(0, begin.length() - 1)
            : replied.isSuccess()
                ? file + " holds no row of it: did somebody else write that file?"
                : file + " is not there: did somebody take it away?");
  }

  private static String file(LocalDate day) {
    return "observations-" + day + ".csv";
  }

  private Turn introduce(byte[] state, Catalogue catalogue) {
    return new Turn(
        state,
        List.of(
            whole(Description.PLACES, "application/geo+json", places.write(catalogue)),
            whole(Description.FILE, "application/ld+json", description.write(catalogue))),
        List.of());
  }

  private static Turn.Dispatch whole(String file, String mediaType, byte[] bytes) {
    return new Turn.Dispatch(Message.post(file, mediaType, bytes).by(Verb.PUT), null);
  }

  private Turn send(Link link, byte[] state, DialectEvent.Send send) {
    LatestRevisions latest = LatestRevisions.of(state);
    Map<LocalDate, List<Described>> days = new TreeMap<>();
    List<Long> passed = new ArrayList<>();
    for (Described described : send.observations()) {
      if (latest.isSuperseded(described)) {
        passed.add(described.observation().identity().offset());
      } else {
        days.computeIfAbsent(day(described), key -> new ArrayList<>()).add(described);
      }
    }
    if (days.isEmpty()) {
      return new Turn(
          latest.toBytes(), List.of(), List.of(new Outcome.Delivered(link.epoch(), send.covers())));
    }
    List<Turn.Dispatch> dispatches = new ArrayList<>();
    days.forEach(
        (day, observations) -> {
          latest.tell(observations);
          List<Long> carried = new ArrayList<>(offsets(observations));
          if (dispatches.isEmpty()) {
            carried.addAll(passed); // done with when the file is: not before anybody knows
          }
          Message message = Message.post(file(day), CSV, rows.write(observations)).by(Verb.PATCH);
          dispatches.add(new Turn.Dispatch(message, send.covers(), Offsets.of(carried).toString()));
        });
    return new Turn(latest.toBytes(), dispatches, List.of());
  }

  private static LocalDate day(Described described) {
    long from = described.observation().phenomenonTime().from();
    return Instant.ofEpochMilli(from).atOffset(ZoneOffset.UTC).toLocalDate();
  }

  private static List<Long> offsets(List<Described> observations) {
    return observations.stream()
        .map(described -> described.observation().identity().offset())
        .toList();
  }
}
