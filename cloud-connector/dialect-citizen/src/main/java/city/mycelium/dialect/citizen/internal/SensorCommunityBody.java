package city.mycelium.dialect.citizen.internal;

import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.ToldObservation;
import city.mycelium.api.dialect.UnreadableMessageException;
import city.mycelium.api.observation.Result;
import city.mycelium.json.JsonException;
import city.mycelium.json.JsonObject;
import city.mycelium.json.JsonReader;
import city.mycelium.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the network's push API takes: values as texts, without a time (opendata-stuttgart,
 * sensors-software: airrohr-firmware, sendSensorCommunity).
 */
final class SensorCommunityBody {

  static final String CHANNEL = "v1/push-sensor-data/";
  static final String MEDIA_TYPE = "application/json";
  static final String SENSOR = "X-Sensor";
  static final String PIN = "X-PIN";

  private static final String SOFTWARE = "mycelium";

  private SensorCommunityBody() {}

  static byte[] of(Map<String, String> values) {
    JsonWriter json =
        new JsonWriter().object().text("software_version", SOFTWARE).list("sensordatavalues");
    values.forEach(
        (type, value) -> json.object().text("value_type", type).text("value", value).end());
    return json.end().end().toBytes();
  }

  static List<ToldObservation> read(Message message) throws UnreadableMessageException {
    String source =
        message.headers().getOrDefault(SENSOR, "?")
            + "/"
            + message.headers().getOrDefault(PIN, "?");
    List<ToldObservation> told = new ArrayList<>();
    try {
      JsonObject body = JsonReader.object(message.payload());
      for (JsonObject each : body.objectsOrEmpty("sensordatavalues")) {
        told.add(told(source, each.text("value_type"), each.text("value")));
      }
    } catch (JsonException e) {
      throw new UnreadableMessageException("the message cannot be read: " + e.getMessage(), e);
    }
    if (told.isEmpty()) {
      throw new UnreadableMessageException("the message has no sensordatavalues");
    }
    return told;
  }

  private static ToldObservation told(String source, String type, String value)
      throws UnreadableMessageException {
    try {
      return new ToldObservation(
          source, type, null, null, new Result.Measurement(Double.parseDouble(value)), null);
    } catch (IllegalArgumentException e) { // no number, or none that an Observation can have
      throw new UnreadableMessageException("'" + value + "' is no number", e);
    }
  }
}
