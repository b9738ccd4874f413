package city.mycelium.dialect.sensorthings.internal;

import city.mycelium.api.dialect.Described;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Statistic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Observations as rows (OGC 18-088, 8.2.7): plain maps, which travel in tags. Identity goes in
 * {@code parameters}, an aggregate's result is its main statistic.
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
  static Map<String, Object> of(Described described, String stream, @Nullable String feature) {
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
    return row;
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

  static long offset(Map<?, ?> row) {
    if (row.get(OFFSET) instanceof Number number) {
      return number.longValue();
    }
    throw new IllegalArgumentException("a row without its offset: " + row.keySet());
  }

  /** The window of an aggregate; nothing for what is none. */
  static Optional<String> window(Map<?, ?> row) {
    return Optional.ofNullable(Tree.object(row.get(PARAMETERS)).get(WINDOW)).map(String::valueOf);
  }

  /** 0 for what is no aggregate. */
  static long revision(Map<?, ?> row) {
    return Tree.object(row.get(PARAMETERS)).get(REVISION) instanceof Number number
        ? number.longValue()
        : 0;
  }

  /** In the order in which {@link #arrays} has them. */
  static List<Map<?, ?>> inOrder(List<Map<?, ?>> rows) {
    List<Map<?, ?>> ordered = new ArrayList<>();
    groups(rows).values().forEach(ordered::addAll);
    return ordered;
  }

  /** The body of CreateObservations (OGC 18-088, 10.4.5): an array per Datastream. */
  static byte[] arrays(List<Map<?, ?>> rows) {
    List<Object> arrays = new ArrayList<>();
    for (List<Map<?, ?>> group : groups(rows).values()) {
      Map<?, ?> first = group.get(0);
      boolean hasFeature = first.containsKey(FEATURE);
      List<String> components = new ArrayList<>(COMPONENTS);
      if (hasFeature) {
        components.add("FeatureOfInterest/id");
      }
      List<Object> data = new ArrayList<>();
      for (Map<?, ?> row : group) {
        List<@Nullable Object> cells = new ArrayList<>();
        COMPONENTS.forEach(component -> cells.add(row.get(component)));
        if (hasFeature) {
          cells.add(Paths.json(String.valueOf(row.get(FEATURE))));
        }
        data.add(cells);
      }
      Map<String, Object> array = new LinkedHashMap<>();
      array.put("Datastream", Map.of("@iot.id", Paths.json(String.valueOf(first.get(STREAM)))));
      array.put("components", components);
      array.put("dataArray@iot.count", data.size());
      array.put("dataArray", data);
      arrays.add(array);
    }
    return Tree.bytes(json -> Tree.write(json, arrays));
  }

  private static Map<String, List<Map<?, ?>>> groups(List<Map<?, ?>> rows) {
    Map<String, List<Map<?, ?>>> groups = new LinkedHashMap<>();
    rows.forEach(
        row ->
            groups
                .computeIfAbsent(String.valueOf(row.get(STREAM)), id -> new ArrayList<>())
                .add(row));
    return groups;
  }

  /** What changes in an Observation that a later revision replaces. */
  static byte[] patch(Map<?, ?> row) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    COMPONENTS.forEach(component -> body.put(component, row.get(component)));
    return Tree.bytes(json -> Tree.write(json, body));
  }
}
