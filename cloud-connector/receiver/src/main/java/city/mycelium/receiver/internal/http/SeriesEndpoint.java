package city.mycelium.receiver.internal.http;

import city.mycelium.receiver.internal.query.Archive;
import city.mycelium.receiver.internal.query.SeriesQuestion;
import city.mycelium.receiver.internal.query.SeriesQuestion.Entry;
import city.mycelium.receiver.internal.query.SeriesQuestion.Page;
import city.mycelium.receiver.internal.query.SeriesQuestion.Place;
import city.mycelium.receiver.internal.query.StoredObservation;
import city.mycelium.receiver.internal.store.ResultColumns;
import city.mycelium.receiver.internal.store.StoreException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code /v1/series}: what a Datastream said over a time, as JSON or CSV, page by page. */
final class SeriesEndpoint implements Endpoint {

  static final String PATH = "/v1/series";

  private static final int DEFAULT_LIMIT = 1_000;
  private static final int MAX_LIMIT = 10_000;

  /** Year 10000: later than any phenomenonTime can be. */
  private static final long END_OF_TIME = 253_402_300_800_000L;

  private static final Pattern PLACE = Pattern.compile("(\\d{1,18})\\.(\\d{1,9})\\.(\\d{1,18})");

  private final Archive archive;

  SeriesEndpoint(Archive archive) {
    this.archive = archive;
  }

  @Override
  public Answer answer(Parameters parameters) throws RefusedException, StoreException {
    parameters.allow("gateway", "datastream", "from", "to", "format", "limit", "after");
    SeriesQuestion question =
        new SeriesQuestion(
            parameters.required("gateway"),
            parameters.required("datastream"),
            parameters.time("from", 0),
            parameters.time("to", END_OF_TIME),
            place(parameters.text("after")),
            parameters.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT));
    String format = parameters.oneOf("format", "json", "csv");
    if (question.from() > question.to()) {
      throw RefusedException.badRequest("'from' is after 'to': nothing can lie in between");
    }
    Page page = archive.ask(question);
    if (!page.known()) {
      throw RefusedException.notFound(
          "gateway "
              + question.gateway()
              + " has no datastream '"
              + question.name()
              + "' here; /v1/datastreams lists those that there are");
    }
    Optional<String> next = page.next().map(place -> link(parameters, place));
    Answer answer = format.equals("csv") ? csv(page) : json(page, next);
    return next.isPresent() ? answer.with("Link", "<" + next.get() + ">; rel=\"next\"") : answer;
  }

  private static Answer json(Page page, Optional<String> next) {
    return Answer.json(
        json -> {
          json.writeArrayFieldStart("observations");
          for (Entry entry : page.entries()) {
            json.writeStartObject();
            Shapes.optional(json, "property", entry.datastream().property());
            Shapes.optional(json, "unit", entry.datastream().unit());
            Shapes.observation(json, entry.observation());
            json.writeEndObject();
          }
          json.writeEndArray();
          if (next.isPresent()) {
            json.writeStringField("next", next.get());
          }
        });
  }

  private static Answer csv(Page page) {
    return new Answer(
        200,
        Csv.MEDIA_TYPE,
        Map.of(),
        (OutputStream out) -> {
          Csv csv = new Csv(out);
          csv.line(
              "gateway",
              "datastream",
              "property",
              "unit",
              "from",
              "to",
              "receivedAt",
              "quality",
              "kind",
              "result",
              "count",
              "expected",
              "min",
              "max",
              "revision",
              "valid",
              "statistics",
              "epoch",
              "offset");
          for (Entry entry : page.entries()) {
            StoredObservation observation = entry.observation();
            ResultColumns result = observation.result();
            csv.line(
                entry.datastream().gateway(),
                entry.datastream().name(),
                entry.datastream().property(),
                entry.datastream().unit(),
                Shapes.time(observation.from()),
                Shapes.time(observation.to()),
                Shapes.time(observation.receivedAt()),
                observation.quality(),
                result.kind().word(),
                inOneField(result),
                result.kind() == ResultColumns.Kind.SUMMARY ? result.count() : null,
                result.expected(),
                result.min(),
                result.max(),
                result.revision(),
                result.valid(),
                result.statistics(),
                observation.epoch(),
                observation.offset());
          }
          csv.flush();
        });
  }

  /** The value itself; of a Summary its mean, of a position latitude, longitude[, altitude]. */
  private static @Nullable Object inOneField(ResultColumns result) {
    return switch (result.kind()) {
      case NUMBER, SUMMARY -> result.number();
      case TRUTH -> Double.valueOf(1).equals(result.number());
      case TEXT, CATEGORY, POSITION -> result.text();
      case COUNTER -> result.count();
    };
  }

  private static @Nullable Place place(Optional<String> text) throws RefusedException {
    if (text.isEmpty()) {
      return null;
    }
    Matcher parts = PLACE.matcher(text.get());
    if (!parts.matches()) {
      throw RefusedException.badRequest("'after' is taken from the 'next' link, not made up");
    }
    return new Place(
        Long.parseLong(parts.group(1)),
        Integer.parseInt(parts.group(2)),
        Long.parseLong(parts.group(3)));
  }

  /** The same request again, but from there on. */
  private static String link(Parameters parameters, Place place) {
    String after = place.from() + "." + place.journal() + "." + place.offset();
    return PATH + "?" + parameters.with("after", after);
  }
}
