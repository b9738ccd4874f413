package city.mycelium.dialect.json.internal;

import city.mycelium.api.dialect.UnreadableMessageException;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Result.Category;
import city.mycelium.api.observation.Result.Counter;
import city.mycelium.api.observation.Result.Measurement;
import city.mycelium.api.observation.Result.Position;
import city.mycelium.api.observation.Result.Summary;
import city.mycelium.api.observation.Result.Text;
import city.mycelium.api.observation.Result.Truth;
import city.mycelium.api.observation.Statistic;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * A result as the members {@code type} and {@code result}: a plain JSON value where the result is
 * one, an object for positions and aggregates. For one thread.
 */
final class ResultJson implements Result.Visitor<ResultJson.Writing> {

  private static final String TYPE = "type";
  private static final String RESULT = "result";

  private final JsonGenerator json;

  ResultJson(JsonGenerator json) {
    this.json = json;
  }

  /** What remains to be done once it is known which kind it is. */
  @FunctionalInterface
  interface Writing {
    void write() throws IOException;
  }

  @Override
  public Writing number(Measurement result) {
    return () -> {
      json.writeStringField(TYPE, "number");
      json.writeNumberField(RESULT, result.value());
    };
  }

  @Override
  public Writing truth(Truth result) {
    return () -> {
      json.writeStringField(TYPE, "truth");
      json.writeBooleanField(RESULT, result.value());
    };
  }

  @Override
  public Writing text(Text result) {
    return () -> {
      json.writeStringField(TYPE, "text");
      json.writeStringField(RESULT, result.value());
    };
  }

  @Override
  public Writing category(Category result) {
    return () -> {
      json.writeStringField(TYPE, "category");
      json.writeStringField(RESULT, result.value());
    };
  }

  @Override
  public Writing counter(Counter result) {
    return () -> {
      json.writeStringField(TYPE, "counter");
      json.writeNumberField(RESULT, result.value());
    };
  }

  @Override
  public Writing position(Position result) {
    return () -> {
      json.writeStringField(TYPE, "position");
      json.writeObjectFieldStart(RESULT);
      place(json, result);
      json.writeEndObject();
    };
  }

  @Override
  public Writing summary(Summary result) {
    return () -> {
      json.writeStringField(TYPE, "summary");
      json.writeObjectFieldStart(RESULT);
      json.writeNumberField("count", result.count());
      json.writeNumberField("expected", result.expected());
      json.writeBooleanField("valid", result.valid());
      json.writeNumberField("revision", result.revision());
      json.writeObjectFieldStart("statistics");
      for (Map.Entry<Statistic, Double> each : result.statistics().entrySet()) {
        json.writeNumberField(each.getKey().name(), each.getValue());
      }
      json.writeEndObject();
      json.writeEndObject();
    };
  }

  static void place(JsonGenerator json, Position place) throws IOException {
    json.writeNumberField("latitude", place.latitude());
    json.writeNumberField("longitude", place.longitude());
    Double altitude = place.altitude();
    if (altitude != null) {
      json.writeNumberField("altitude", altitude);
    }
  }

  static Result read(Map<?, ?> object) throws UnreadableMessageException {
    Object result = object.get(RESULT);
    String type = JsonTree.as(object.get(TYPE), String.class, TYPE);
    return switch (type) {
      case "number" -> new Measurement(JsonTree.number(result, RESULT));
      case "truth" -> new Truth(JsonTree.as(result, Boolean.class, RESULT));
      case "text" -> new Text(JsonTree.as(result, String.class, RESULT));
      case "category" -> new Category(JsonTree.as(result, String.class, RESULT));
      case "counter" -> new Counter(JsonTree.as(result, Long.class, RESULT));
      case "position" -> position(JsonTree.object(result, RESULT));
      case "summary" -> summary(JsonTree.object(result, RESULT));
      default -> throw new UnreadableMessageException("there is no result of type " + type);
    };
  }

  private static Position position(Map<?, ?> place) throws UnreadableMessageException {
    Object altitude = place.get("altitude");
    return new Position(
        JsonTree.number(place.get("latitude"), "latitude"),
        JsonTree.number(place.get("longitude"), "longitude"),
        altitude == null ? null : JsonTree.number(altitude, "altitude"));
  }

  private static Summary summary(Map<?, ?> summary) throws UnreadableMessageException {
    TreeMap<Statistic, Double> statistics = new TreeMap<>();
    for (Map.Entry<?, ?> each :
        JsonTree.object(summary.get("statistics"), "statistics").entrySet()) {
      statistics.put(
          new Statistic(String.valueOf(each.getKey())),
          JsonTree.number(each.getValue(), "a statistic"));
    }
    return new Summary(
        JsonTree.as(summary.get("count"), Long.class, "count"),
        JsonTree.as(summary.get("expected"), Long.class, "expected"),
        statistics,
        JsonTree.as(summary.get("valid"), Boolean.class, "valid"),
        (int)
            Math.min(
                Integer.MAX_VALUE, JsonTree.as(summary.get("revision"), Long.class, "revision")));
  }
}
