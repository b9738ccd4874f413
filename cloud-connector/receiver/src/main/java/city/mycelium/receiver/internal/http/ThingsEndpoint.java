package city.mycelium.receiver.internal.http;

import city.mycelium.api.observation.Result.Position;
import city.mycelium.receiver.internal.query.Archive;
import city.mycelium.receiver.internal.query.DatastreamsQuestion;
import city.mycelium.receiver.internal.query.StoredDatastream;
import city.mycelium.receiver.internal.query.ThingsQuestion;
import city.mycelium.receiver.internal.query.ThingsQuestion.StoredThing;
import city.mycelium.receiver.internal.store.StoreException;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code /v1/things}: the Things on a map, as GeoJSON (RFC 7946). */
final class ThingsEndpoint implements Endpoint {

  /** RFC 7946, 12. */
  private static final String GEO_JSON = "application/geo+json";

  private final Archive archive;

  private record Key(String gateway, String thing) {}

  ThingsEndpoint(Archive archive) {
    this.archive = archive;
  }

  @Override
  public Answer answer(Parameters parameters) throws RefusedException, StoreException {
    parameters.allow();
    Collection<StoredThing> things = archive.ask(new ThingsQuestion());
    Map<Key, List<String>> datastreams = new HashMap<>();
    for (StoredDatastream datastream : archive.ask(new DatastreamsQuestion(null, null))) {
      if (datastream.thing() != null) {
        datastreams
            .computeIfAbsent(
                new Key(datastream.gateway(), datastream.thing()), key -> new ArrayList<>())
            .add(datastream.name());
      }
    }
    return Answer.json(
        200,
        GEO_JSON,
        json -> {
          json.writeStringField("type", "FeatureCollection");
          json.writeArrayFieldStart("features");
          for (StoredThing thing : things) {
            feature(
                json,
                thing,
                datastreams.getOrDefault(new Key(thing.gateway(), thing.id()), List.of()));
          }
          json.writeEndArray();
        });
  }

  private static void feature(JsonGenerator json, StoredThing thing, List<String> datastreams)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "Feature");
    json.writeStringField("id", thing.gateway() + "/" + thing.id());
    json.writeFieldName("geometry");
    Position location = thing.location();
    if (location == null) {
      json.writeNull();
    } else {
      Shapes.point(json, location.latitude(), location.longitude(), location.altitude());
    }
    json.writeObjectFieldStart("properties");
    json.writeStringField("name", thing.name());
    json.writeStringField("gateway", thing.gateway());
    json.writeStringField("thing", thing.id());
    json.writeArrayFieldStart("datastreams");
    for (String datastream : datastreams) {
      json.writeString(datastream);
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }
}
