package city.mycelium.dialect.opendata.internal;

import city.mycelium.api.dialect.Catalogue;
import city.mycelium.api.dialect.KnownThing;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.Result.Position;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/**
 * The Things as GeoJSON (RFC 7946): a Feature each, with what is observed there. One whose place
 * may not be told has no geometry.
 */
final class Places {

  private final Names names;

  Places(Names names) {
    this.names = names;
  }

  byte[] write(Catalogue catalogue) {
    return JsonFile.of(
        json -> {
          json.writeStartObject();
          json.writeStringField("type", "FeatureCollection");
          json.writeArrayFieldStart("features");
          for (KnownThing thing : catalogue.things()) {
            feature(json, thing, catalogue.datastreams());
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private void feature(JsonGenerator json, KnownThing thing, List<Datastream> datastreams)
      throws IOException {
    String id = names.of(thing.id()).orElse(thing.id().value());
    json.writeStartObject();
    json.writeStringField("type", "Feature");
    json.writeStringField("id", id);
    json.writeFieldName("geometry");
    geometry(json, thing);
    json.writeObjectFieldStart("properties");
    json.writeStringField("thing", id);
    json.writeStringField("name", thing.name());
    json.writeArrayFieldStart("observes");
    for (Datastream datastream : datastreams) {
      if (datastream.thing().equals(thing.id())) {
        json.writeStartObject();
        json.writeStringField("datastream", datastream.id().value());
        json.writeStringField(
            "property", names.of(datastream.property()).orElse(datastream.property().name()));
        json.writeStringField("definition", datastream.property().definition().toString());
        json.writeStringField("unit", datastream.unit().code());
        if (datastream.window() != null) {
          json.writeStringField("window", datastream.window().toString());
        }
        json.writeEndObject();
      }
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  /** Longitude first (RFC 7946, 3.1.1). */
  private static void geometry(JsonGenerator json, KnownThing thing) throws IOException {
    Position place = thing.location();
    if (place == null) {
      json.writeNull(); // RFC 7946, 3.2: unlocated
      return;
    }
    json.writeStartObject();
    json.writeStringField("type", "Point");
    json.writeArrayFieldStart("coordinates");
    json.writeNumber(place.longitude());
    json.writeNumber(place.latitude());
    json.writeEndArray();
    json.writeEndObject();
  }
}
