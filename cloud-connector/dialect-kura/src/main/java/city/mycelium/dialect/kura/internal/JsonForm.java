package city.mycelium.dialect.kura.internal;

import city.mycelium.api.dialect.UnreadableMessageException;
import city.mycelium.api.observation.Result.Position;
import city.mycelium.json.JsonException;
import city.mycelium.json.JsonObject;
import city.mycelium.json.JsonReader;
import city.mycelium.json.JsonWriter;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Kura's "simple-json" payload: {@code sentOn} in epoch milliseconds, as its encoder writes it. */
final class JsonForm implements PayloadForm {

  @Override
  public String mediaType() {
    return "application/json";
  }

  @Override
  public byte[] write(KuraPayload payload) {
    JsonWriter json = new JsonWriter().object().number("sentOn", payload.timestamp());
    Position position = payload.position();
    if (position != null) {
      json.object("position")
          .number("latitude", position.latitude())
          .number("longitude", position.longitude());
      Double altitude = position.altitude();
      if (altitude != null) {
        json.number("altitude", altitude);
      }
      json.end();
    }
    json.object("metrics");
    payload.metrics().forEach(json::value);
    return json.end().end().toBytes();
  }

  @Override
  public KuraPayload read(byte[] bytes) throws UnreadableMessageException {
    try {
      JsonObject payload = JsonReader.object(bytes);
      TreeMap<String, Object> metrics = new TreeMap<>();
      payload
          .objectOrEmpty("metrics")
          .members()
          .forEach((name, value) -> put(metrics, name, value));
      return new KuraPayload(
          payload.whole("sentOn"),
          payload.get("position") instanceof JsonObject position ? position(position) : null,
          metrics);
    } catch (JsonException | IllegalArgumentException e) {
      throw new UnreadableMessageException("this is no JSON payload of Kura: " + e.getMessage(), e);
    }
  }

  private static Position position(JsonObject place) throws JsonException {
    return new Position(
        place.number("latitude"),
        place.number("longitude"),
        place.get("altitude") instanceof Number altitude ? altitude.doubleValue() : null);
  }

  /** A metric is a number, truth or text; anything else is passed over. */
  private static void put(TreeMap<String, Object> metrics, String name, @Nullable Object value) {
    if (value != null && !(value instanceof JsonObject) && !(value instanceof List<?>)) {
      metrics.put(name, value);
    }
  }
}
