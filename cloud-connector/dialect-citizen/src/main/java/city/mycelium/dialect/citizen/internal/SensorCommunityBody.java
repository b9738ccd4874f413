package city.mycelium.dialect.citizen.internal;

import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.ToldObservation;
import city.mycelium.api.dialect.UnreadableMessageException;
import city.mycelium.api.observation.Result;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
  private static final JsonFactory JSON = new JsonFactory();

  private SensorCommunityBody() {}

  static byte[] of(Map<String, String> values) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("software_version", SOFTWARE);
      json.writeArrayFieldStart("sensordatavalues");
      for (Map.Entry<String, String> each : values.entrySet()) {
        json.writeStartObject();
        json.writeStringField("value_type", each.getKey());
        json.writeStringField("value", each.getValue());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to be written", e);
    }
    return bytes.toByteArray();
  }

  static List<ToldObservation> read(Message message) throws UnreadableMessageException {
    String source =
        message.headers().getOrDefault(SENSOR, "?")
            + "/"
            + message.headers().getOrDefault(PIN, "?");
    List<ToldObservation> told = new ArrayList<>();
    int depth = 0;
    String type = null;
    String value = null;
    try (JsonParser json = JSON.createParser(message.payload())) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        depth += token.isStructStart() ? 1 : 0;
        depth -= token.isStructEnd() ? 1 : 0;
        if (token == JsonToken.VALUE_STRING && "value_type".equals(json.currentName())) {
          type = json.getText();
        } else if (token == JsonToken.VALUE_STRING && "value".equals(json.currentName())) {
          value = json.getText();
        } else if (token == JsonToken.END_OBJECT && depth == 2) {
          told.add(told(source, type, value));
          type = null;
          value = null;
        }
      }
    } catch (IOException e) {
      throw new UnreadableMessageException("the message is no JSON: " + e.getMessage(), e);
    }
    if (told.isEmpty()) {
      throw new UnreadableMessageException("the message has no sensordatavalues");
    }
    return told;
  }

  private static ToldObservation told(String source, @Nullable String type, @Nullable String value)
      throws UnreadableMessageException {
    if (type == null || value == null) {
      throw new UnreadableMessageException("a value has no value_type or no value");
    }
    try {
      return new ToldObservation(
          source, type, null, null, new Result.Measurement(Double.parseDouble(value)), null);
    } catch (IllegalArgumentException e) { // no number, or none that an Observation can have
      throw new UnreadableMessageException("'" + value + "' is no number", e);
    }
  }
}
