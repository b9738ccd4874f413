package city.mycelium.dialect.json.internal;

import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.dialect.ToldObservation;
import city.mycelium.api.dialect.UnreadableMessageException;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.GatewayId;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result.Position;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One Observation as one flat JSON object (docs/connect-json.md), written and read. */
final class PlainJson {

  private final Names names;

  PlainJson(Names names) {
    this.names = names;
  }

  void write(JsonGenerator json, Described described) throws IOException {
    Observation observation = described.observation();
    Datastream datastream = described.datastream();
    PhenomenonTime time = observation.phenomenonTime();
    json.writeStartObject();
    json.writeStringField("gateway", observation.identity().gateway().value());
    json.writeStringField("epoch", Identity.epochText(observation.identity().epoch()));
    json.writeNumberField("offset", observation.identity().offset());
    json.writeStringField("thing", names.of(datastream.thing()).orElse(datastream.thing().value()));
    Position location = described.thing().location();
    if (location != null) {
      json.writeObjectFieldStart("location");
      ResultJson.place(json, location);
      json.writeEndObject();
    }
    json.writeStringField("device", datastream.device().value());
    json.writeStringField("datastream", names.of(datastream.id()).orElse(datastream.id().value()));
    json.writeStringField(
        "property", names.of(datastream.property()).orElse(datastream.property().name()));
    json.writeStringField("unit", datastream.unit().code());
    Duration window = datastream.window();
    if (window != null) {
      json.writeStringField("window", window.toString());
    }
    if (time.isInstant()) {
      json.writeStringField("time", Instant.ofEpochMilli(time.from()).toString());
    } else {
      json.writeStringField("from", Instant.ofEpochMilli(time.from()).toString());
      json.writeStringField("to", Instant.ofEpochMilli(time.to()).toString());
    }
    json.writeStringField("quality", observation.quality().name());
    observation.result().accept(new ResultJson(json)).write();
    json.writeEndObject();
  }

  ToldObservation read(@Nullable Object element) throws UnreadableMessageException {
    Map<?, ?> object = JsonTree.object(element, "an observation");
    try {
      return new ToldObservation(
          text(object, "datastream"),
          text(object, "property"),
          text(object, "unit"),
          object.containsKey("time")
              ? PhenomenonTime.at(millis(object, "time"))
              : PhenomenonTime.between(millis(object, "from"), millis(object, "to")),
          ResultJson.read(object),
          new Identity(
              new GatewayId(text(object, "gateway")),
              Identity.parseEpoch(text(object, "epoch")),
              JsonTree.as(object.get("offset"), Long.class, "offset")));
    } catch (IllegalArgumentException e) { // a value that no Observation can have
      throw new UnreadableMessageException("not an observation: " + e.getMessage(), e);
    }
  }

  private static String text(Map<?, ?> object, String name) throws UnreadableMessageException {
    return JsonTree.as(object.get(name), String.class, name);
  }

  private static long millis(Map<?, ?> object, String name) throws UnreadableMessageException {
    String text = text(object, name);
    try {
      return Instant.parse(text).toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw new UnreadableMessageException(name + " is no time: '" + text + "'", e);
    }
  }
}
