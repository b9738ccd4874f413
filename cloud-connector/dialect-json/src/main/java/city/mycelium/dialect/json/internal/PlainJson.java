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
import city.mycelium.json.JsonException;
import city.mycelium.json.JsonObject;
import city.mycelium.json.JsonWriter;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** One Observation as one flat JSON object (docs/connect-json.md), written and read. */
final class PlainJson {

  private final Names names;

  PlainJson(Names names) {
    this.names = names;
  }

  void write(JsonWriter json, Described described) {
    Observation observation = described.observation();
    Datastream datastream = described.datastream();
    PhenomenonTime time = observation.phenomenonTime();
    json.object();
    json.text("gateway", observation.identity().gateway().value());
    json.text("epoch", Identity.epochText(observation.identity().epoch()));
    json.number("offset", observation.identity().offset());
    json.text("thing", names.of(datastream.thing()).orElse(datastream.thing().value()));
    Position location = described.thing().location();
    if (location != null) {
      json.object("location");
      ResultJson.place(json, location);
      json.end();
    }
    json.text("device", datastream.device().value());
    json.text("datastream", names.of(datastream.id()).orElse(datastream.id().value()));
    json.text("property", names.of(datastream.property()).orElse(datastream.property().name()));
    json.text("unit", datastream.unit().code());
    Duration window = datastream.window();
    if (window != null) {
      json.text("window", window.toString());
    }
    if (time.isInstant()) {
      json.time("time", time.from());
    } else {
      json.time("from", time.from());
      json.time("to", time.to());
    }
    json.text("quality", observation.quality().name());
    observation.result().accept(new ResultJson(json));
    json.end();
  }

  ToldObservation read(JsonObject object) throws JsonException, UnreadableMessageException {
    try {
      return new ToldObservation(
          object.text("datastream"),
          object.text("property"),
          object.text("unit"),
          object.has("time")
              ? PhenomenonTime.at(millis(object, "time"))
              : PhenomenonTime.between(millis(object, "from"), millis(object, "to")),
          ResultJson.read(object),
          new Identity(
              new GatewayId(object.text("gateway")),
              Identity.parseEpoch(object.text("epoch")),
              object.whole("offset")));
    } catch (IllegalArgumentException e) { // a value that no Observation can have
      throw new UnreadableMessageException("not an observation: " + e.getMessage(), e);
    }
  }

  private static long millis(JsonObject object, String name)
      throws JsonException, UnreadableMessageException {
    String text = object.text(name);
    try {
      return Instant.parse(text).toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw new UnreadableMessageException(name + " is no time: '" + text + "'", e);
    }
  }
}
