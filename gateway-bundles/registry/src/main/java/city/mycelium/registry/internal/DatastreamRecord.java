package city.mycelium.registry.internal;

import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.ObservedProperty;
import city.mycelium.api.observation.ThingId;
import city.mycelium.api.observation.Unit;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.net.URI;
import java.time.Duration;

/**
 * How a raw Datastream is written into the log of changes: what is read equals what was written.
 */
final class DatastreamRecord {

  private DatastreamRecord() {}

  static JsonObject write(Datastream datastream) {
    ObservedProperty property = datastream.property();
    JsonObjectBuilder object =
        Json.createObjectBuilder()
            .add("id", datastream.id().value())
            .add("thing", datastream.thing().value())
            .add("device", datastream.device().value())
            .add("property", property.name())
            .add("definition", property.definition().toString())
            .add("propertyUnit", property.unit().code())
            .add("unit", datastream.unit().code());
    // JSON has no infinity: an end that is not there is open.
    if (Double.isFinite(property.plausibleMin())) {
      object.add("plausibleMin", property.plausibleMin());
    }
    if (Double.isFinite(property.plausibleMax())) {
      object.add("plausibleMax", property.plausibleMax());
    }
    if (datastream.samplingPeriod() != null) {
      object.add("samplingPeriod", datastream.samplingPeriod().toString());
    }
    if (datastream.personal()) {
      object.add("personal", true);
    }
    return object.build();
  }

  /**
   * The reverse.
   *
   * @throws IllegalArgumentException or {@link java.time.DateTimeException} if it is not what
   *     {@link #write} made
   */
  static Datastream read(JsonObject object) {
    return new Datastream(
        new DatastreamId(JsonText.string(object, "id")),
        new ThingId(JsonText.string(object, "thing")),
        new DeviceId(JsonText.string(object, "device")),
        property(object),
        unit(object, "unit"),
        object.containsKey("samplingPeriod")
            ? Duration.parse(JsonText.string(object, "samplingPeriod"))
            : null,
        null,
        object.getBoolean("personal", false));
  }

  private static ObservedProperty property(JsonObject object) {
    Double min = JsonText.number(object, "plausibleMin");
    Double max = JsonText.number(object, "plausibleMax");
    return new ObservedProperty(
        JsonText.string(object, "property"),
        URI.create(JsonText.string(object, "definition")),
        unit(object, "propertyUnit"),
        min == null ? Double.NEGATIVE_INFINITY : min,
        max == null ? Double.POSITIVE_INFINITY : max);
  }

  private static Unit unit(JsonObject object, String key) {
    String code = JsonText.string(object, key);
    return Unit.ofCode(code)
        .orElseThrow(() -> new IllegalArgumentException("unit '" + code + "' is not in the table"));
  }
}
