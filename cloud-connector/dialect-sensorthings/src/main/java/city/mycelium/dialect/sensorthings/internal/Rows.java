package city.mycelium.dialect.sensorthings.internal;

import city.mycelium.api.dialect.Described;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Statistic;
import city.mycelium.json.JsonObject;
import city.mycelium.json.JsonWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Observations as rows (OGC 18-088, 8.2.7), as they travel in tags. Identity goes in {@code
 * parameters}, an aggregate's result is its main statistic.
 */
final class Rows {

  static final String OFFSET = "offset";
  static final String STREAM = "stream";
  static final String PARAMETERS = "parameters";
  static final String REVISION = "revision";
  static final String WINDOW = "window";
  static final String FEATURE = "feature";

  /** What stands for a window, the first that it has. */
  private static final List<Statistic> MAIN =
      List.of(
          Statistic.LAEQ,
          Statistic.LDEN,
          Statistic.DIRECTION,
          Statistic.DELTA,
          Statistic.SUM,
          Statistic.OCCUPANCY,
          Statistic.MEAN);

  private static final List<String> COMPONENTS =
      List.of("phenomenonTime", "resultTime", "result", "resultQuality", PARAMETERS);

  private Rows() {}

  /** Which statistic is the result of a window; nothing if it holds none. */
  static Optional<Statistic> main(Result.Summary summary) {
    return MAIN.stream()
        .filter(statistic -> summary.value(statistic).isPresent())
        .findFirst()
        .or(() -> summary.statistics().keySet().stream().findFirst());
  }

  /** One row, for the server's Datastream and, where it needs one, FeatureOfInterest. */
  static JsonObject of(Described described, String stream, @Nullable String feature) {
    Observation observation = described.observation();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put(OFFSET, observation.identity().offset());
    row.put(STREAM, stream);
    if (feature != null) {
      row.put(FEATURE, feature);
    }
    row.put("phenomenonTime", observation.phenomenonTime().toString());
    row.put("resultTime", Instant.ofEpochMilli(observation.phenomenonTime().to()).toString());
    row.put("result", result(observation.result()));
    row.put("resultQuality", observation.quality().name().toLowerCase(Locale.ROOT));
    row.put(PARAMETERS, parameters(observation));
    return JsonObject.of(row);
  }

  private static Object result(Result result) {
    if (result instanceof Result.Measurement measurement) {
      return measurement.value();
    }
    if (result instanceof Result.Counter counter) {
      return counter.value();
    }
    if (result instanceof Result.Truth truth) {
      return truth.value();
    }
    if (result instanceof Result.Category category) {
      return category.value();
    }
    if (result instanceof Result.Text text) {
      return text.value();
    }
    if (result instanceof Result.Position place) {
      return Catalog.point(place);
    }
    Result.Summary summary = (Result.Summary) result;
    return summary.value(main(summary).orElseThrow()).orElseThrow();
  }

  private static Map<String, Object> parameters(Observation observation) {
    Identity identity = observation.identity();
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("gateway", identity.gateway().value());
    parameters.put("epoch", Identity.epochText(identity.epoch()));
    parameters.put(OFFSET, identity.offset());
    if (observation.quality() != Quality.GOOD) {
      parameters.put("quality", observation.quality().name().toLowerCase(Locale.ROOT));
    }
    if (observation.result() instanceof Result.Summary summary) {
      parameters.put(WINDOW, observation.phenomenonTime().toString());
      parameters.put(REVISION, summary.revision());
      parameters.put("count", summary.count());
      parameters.put("expected", summary.expected());
      parameters.put("valid", summary.valid());
      parameters.put("statistic", main(summary).orElseThrow().name());
      Map<String, Object> statistics = new LinkedHashMap<>();
      summary.statistics().forEach((name, value) -> statistics.put(name.name(), value));
      parameters.put("statistics", statistics);
    }
    return parameters;
  }

  static long offset(JsonObject row) {
    if (row.get(OFFSET) instanceof Number number) {
      return number.longValue();
    }
    throw new IllegalArgumentException("a row without its offset: " + row.members().keySet());
  }

  /** The window of an aggregate; nothing for what is none. */
  static Optional<String> window(JsonObject row) {
    return Optional.ofNullable(row.objectOrEmpty(PARAMETERS).get(WINDOW)).map(String::valueOf);
  }

  /** 0 for what is no aggregate. */
  static long revision(JsonObject row) {
    return row.objectOrEmpty(PARAMETERS).get(REVISION) instanceof Long revision ? revision : 0;
  }

  /** In the order in which {@link #arrays} has them. */
  static List<JsonObject> inOrder(List<JsonObject> rows) {
    List<JsonObject> ordered = new ArrayList<>();
    groups(rows).values().forEach(ordered::addAll);
    return ordered;
  }

  /** The body of CreateObservations (OGC 18-088, 10.4.5): an array per Datastream. */
  static byte[] arrays(List<JsonObject> rows) {
    JsonWriter json = new JsonWriter().list();
    for (List<JsonObject> group : groups(rows).values()) {
      JsonObject first = group.get(0);
      boolean hasFeature = first.has(FEATURE);
      json.object()
          .object("Datastream")
          .value("@iot.id", Paths.json(String.valueOf(first.get(STREAM))))
          .end()
          .list("components");
      COMPONENTS.forEach(json::text);
      if (hasFeature) {
        json.text("FeatureOfInterest/id");
      }
      json.end().number("dataArray@iot.count", group.size()).list("dataArray");
      for (JsonObject row : group) {
        json.list();
        COMPONENTS.forEach(component -> json.value(row.get(component)));
        if (hasFeature) {
          json.value(Paths.json(String.valueOf(row.get(FEATURE))));
        }
        json.end();
      }
      json.end().end();
    }
    return json.end().toBytes();
  }

  private static Map<String, List<JsonObject>> groups(List<JsonObject> rows) {
    Map<String, List<JsonObject>> groups = new LinkedHashMap<>();
    rows.forEach(
        row ->
            groups
                .computeIfAbsent(String.valueOf(row.get(STREAM)), id -> new ArrayList<>())
                .add(row));
    return groups;
  }

  /** What changes in an Observation that a later revision replaces. */
  static byte[] patch(JsonObject row) {
    JsonWriter json = new JsonWriter().object();
    COMPONENTS.forEach(component -> json.value(component, row.get(component)));
    return json.end().toBytes();
  }
}
