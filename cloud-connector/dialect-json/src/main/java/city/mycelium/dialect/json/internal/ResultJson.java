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
import city.mycelium.json.JsonException;
import city.mycelium.json.JsonObject;
import city.mycelium.json.JsonWriter;
import java.util.TreeMap;

/**
 * A result as the members {@code type} and {@code result}: a plain JSON value where the result is
 * one, an object for positions and aggregates. For one thread.
 */
final class ResultJson implements Result.Visitor<JsonWriter> {

  private static final String TYPE = "type";
  private static final String RESULT = "result";

  private final JsonWriter json;

  ResultJson(JsonWriter json) {
    this.json = json;
  }

  @Override
  public JsonWriter number(Measurement result) {
    return json.text(TYPE, "number").number(RESULT, result.value());
  }

  @Override
  public JsonWriter truth(Truth result) {
    return json.text(TYPE, "truth").truth(RESULT, result.value());
  }

  @Override
  public JsonWriter text(Text result) {
    return json.text(TYPE, "text").text(RESULT, result.value());
  }

  @Override
  public JsonWriter category(Category result) {
    return json.text(TYPE, "category").text(RESULT, result.value());
  }

  @Override
  public JsonWriter counter(Counter result) {
    return json.text(TYPE, "counter").number(RESULT, result.value());
  }

  @Override
  public JsonWriter position(Position result) {
    place(json.text(TYPE, "position").object(RESULT), result);
    return json.end();
  }

  @Override
  public JsonWriter summary(Summary result) {
    json.text(TYPE, "summary")
        .object(RESULT)
        .number("count", result.count())
        .number("expected", result.expected())
        .truth("valid", result.valid())
        .number("revision", result.revision())
        .object("statistics");
    result.statistics().forEach((name, value) -> json.number(name.name(), value));
    return json.end().end();
  }

  static void place(JsonWriter json, Position place) {
    json.number("latitude", place.latitude());
    json.number("longitude", place.longitude());
    Double altitude = place.altitude();
    if (altitude != null) {
      json.number("altitude", altitude);
    }
  }

  static Result read(JsonObject object) throws JsonException, UnreadableMessageException {
    String type = object.text(TYPE);
    return switch (type) {
      case "number" -> new Measurement(object.number(RESULT));
      case "truth" -> new Truth(object.truth(RESULT));
      case "text" -> new Text(object.text(RESULT));
      case "category" -> new Category(object.text(RESULT));
      case "counter" -> new Counter(object.whole(RESULT));
      case "position" -> position(object.object(RESULT));
      case "summary" -> summary(object.object(RESULT));
      default -> throw new UnreadableMessageException("there is no result of type " + type);
    };
  }

  private static Position position(JsonObject place) throws JsonException {
    return new Position(
        place.number("latitude"),
        place.number("longitude"),
        place.get("altitude") == null ? null : Double.valueOf(place.number("altitude")));
  }

  private static Summary summary(JsonObject summary) throws JsonException {
    TreeMap<Statistic, Double> statistics = new TreeMap<>();
    JsonObject told = summary.object("statistics");
    for (String name : told.members().keySet()) {
      statistics.put(new Statistic(name), told.number(name));
    }
    return new Summary(
        summary.whole("count"),
        summary.whole("expected"),
        statistics,
        summary.truth("valid"),
        (int) Math.min(Integer.MAX_VALUE, summary.whole("revision")));
  }
}
