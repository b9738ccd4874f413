package city.mycelium.dialect.json.internal;

import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.MessageReader;
import city.mycelium.api.dialect.ToldObservation;
import city.mycelium.api.dialect.UnreadableMessageException;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import city.mycelium.json.JsonException;
import city.mycelium.json.JsonObject;
import city.mycelium.json.JsonReader;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads telemetry back as ThingsBoard does: one value per device, key and time. Safe for use by
 * many threads.
 */
final class ThingsBoardReader implements MessageReader {

  @Override
  public List<ToldObservation> read(Message message) throws UnreadableMessageException {
    List<ToldObservation> told = new ArrayList<>();
    try {
      JsonObject devices = JsonReader.object(message.payload());
      if (!message.channel().equals(ThingsBoardDialect.TELEMETRY)) {
        return told;
      }
      for (String device : devices.members().keySet()) {
        for (Object each : devices.list(device)) {
          JsonObject entry = JsonObject.orEmpty(each);
          PhenomenonTime time = PhenomenonTime.at(entry.whole("ts"));
          JsonObject values = entry.object("values");
          for (String key : values.members().keySet()) {
            told.add(new ToldObservation(device, key, null, time, result(values, key), null));
          }
        }
      }
    } catch (JsonException e) {
      throw new UnreadableMessageException("the message cannot be read: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) { // a value that no Observation can have
      throw new UnreadableMessageException("not an observation: " + e.getMessage(), e);
    }
    return told;
  }

  private static Result result(JsonObject values, String key) throws JsonException {
    if (values.get(key) instanceof Boolean truth) {
      return new Result.Truth(truth);
    }
    return values.get(key) instanceof Number number
        ? new Result.Measurement(number.doubleValue())
        : new Result.Text(values.text(key));
  }
}
