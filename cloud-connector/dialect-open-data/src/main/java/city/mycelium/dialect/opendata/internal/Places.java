package city.mycelium.dialect.opendata.internal;

import city.mycelium.api.dialect.Catalogue;
import city.mycelium.api.dialect.KnownThing;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.Result.Position;
import city.mycelium.json.JsonWriter;
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
    JsonWriter json = JsonWriter.indented();
    json.object().text("type", "FeatureCollection").list("features");
    for (KnownThing thing : catalogue.things()) {
      feature(json, thing, catalogue.datastreams());
    }
    return json.end().end().toBytes();
  }

  private void feature(JsonWriter json, KnownThing thing, List<Datastream> datastreams) {
    String id = names.of(thing.id()).orElse(thing.id().value());
    json.object().text("type", "Feature").text("id", id);
    geometry(json.name("geometry"), thing);
    json.object("properties").text("thing", id).text("name", thing.name()).list("observes");
    for (Datastream datastream : datastreams) {
      if (datastream.thing().equals(thing.id())) {
        json.object()
            .text("datastream", datastream.id().value())
            .text("property", names.of(datastream.property()).orElse(datastream.property().name()))
            .text("definition", datastream.property().definition().toString())
            .text("unit", datastream.unit().code());
        if (datastream.window() != null) {
          json.text("window", datastream.window().toString());
        }
        json.end();
      }
    }
    json.end().end().end();
  }

  /** Longitude first (RFC 7946, 3.1.1). */
  private static void geometry(JsonWriter json, KnownThing thing) {
    Position place = thing.location();
    if (place == null) {
      json.nothing(); // RFC 7946, 3.2: unlocated
      return;
    }
    json.object()
        .text("type", "Point")
        .list("coordinates")
        .number(place.longitude())
        .number(place.latitude())
        .end()
        .end();
  }
}
