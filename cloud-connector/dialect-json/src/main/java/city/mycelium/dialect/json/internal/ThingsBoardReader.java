package city.mycelium.dialect.json.internal;

import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.MessageReader;
import city.mycelium.api.dialect.ToldObservation;
import city.mycelium.api.dialect.UnreadableMessageException;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads telemetry back as ThingsBoard does: one value per device, key and time. Safe for use by
 * many threads.
 */
final class ThingsBoardReader implements MessageReader {

  @Override
  public List<ToldObservation> read(Message message) throws UnreadableMessageException {
    Map<?, ?> devices = JsonTree.object(JsonTree.read(message.payload()), "the message");
    List<ToldObservation> told = new ArrayList<>();
    if (!message.channel().equals(ThingsBoardDialect.TELEMETRY)) {
      return told;
    }
    try {
      for (Map.Entry<?, ?> device : devices.entrySet()) {
        for (Object entry : JsonTree.array(device.getValue(), "a device's telemetry")) {
          Map<?, ?> object = JsonTree.object(entry, "an entry");
          PhenomenonTime time = PhenomenonTime.at(JsonTree.as(object.get("ts"), Long.class, "ts"));
          for (Map.Entry<?, ?> value : JsonTree.object(object.get("values"), "values").entrySet()) {
            told.add(
                new ToldObservation(
                    String.valueOf(device.getKey()),
                    String.valueOf(value.getKey()),
                    null,
                    time,
                    result(value.getValue()),
                    null));
          }
        }
      }
    } catch (IllegalArgumentException e) { // a value that no Observation can have
      throw new UnreadableMessageException("not an observation: " + e.getMessage(), e);
    }
    return told;
  }

  private static Result result(@Nullable Object value) throws UnreadableMessageException {
    if (value instanceof Boolean truth) {
      return new Result.Truth(truth);
    }
    return value instanceof Number number
        ? new Result.Measurement(number.doubleValue())
        : new Result.Text(JsonTree.as(value, String.class, "a value"));
  }
}
