package city.mycelium.dialect.sensorthings.internal;

import city.mycelium.api.dialect.KnownThing;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.GatewayId;
import city.mycelium.api.observation.ObservedProperty;
import city.mycelium.api.observation.Result.Position;
import city.mycelium.api.observation.Unit;
import city.mycelium.json.JsonObject;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Our Things, Sensors, ObservedProperties and Datastreams as SensorThings has them (OGC 18-088,
 * 8.2). Ours are found again by {@code properties/mycelium}, an ObservedProperty by its definition.
 */
final class Catalog {

  private static final String KEY = "mycelium";
  private static final String GEOJSON = "application/geo+json";
  private static final String OM = "http://www.opengis.net/def/observationType/OGC-OM/2.0/";

  private final Names names;

  Catalog(Names names) {
    this.names = names;
  }

  static String key(Datastream stream) {
    return "D:" + stream.id();
  }

  /** Of a Thing whose place may not be told: a FeatureOfInterest cannot be made from it. */
  static String featureKey(KnownThing thing) {
    return "F:" + thing.id();
  }

  /**
   * What has to be there for these, in the order in which it can be made: each step as it goes in a
   * tag.
   */
  List<JsonObject> steps(
      GatewayId gateway, Collection<KnownThing> things, Collection<Datastream> streams) {
    Map<String, Map<String, Object>> steps = new LinkedHashMap<>();
    for (KnownThing thing : things) {
      put(steps, "T:" + thing.id(), "Things", ours(gateway, thing.id()), thing(gateway, thing));
      if (thing.location() == null) {
        put(
            steps,
            featureKey(thing),
            "FeaturesOfInterest",
            ours(gateway, thing.id()),
            unlocated(gateway, thing));
      }
    }
    for (Datastream stream : streams) {
      put(
          steps,
          "S:" + stream.device(),
          "Sensors",
          ours(gateway, stream.device()),
          sensor(gateway, stream));
      ObservedProperty property = stream.property();
      put(
          steps,
          "P:" + property.name(),
          "ObservedProperties",
          "definition eq " + Paths.quoted(property.definition().toString()),
          Map.of(
              "name",
              property.name(),
              "description",
              property.name(),
              "definition",
              property.definition().toString()));
    }
    for (Datastream stream : streams) {
      Map<String, Object> step =
          put(
              steps,
              key(stream),
              "Datastreams",
              ours(gateway, stream.id()),
              stream(gateway, stream, name(things, stream)));
      step.put(
          "refs",
          Map.of(
              "Thing", "T:" + stream.thing(),
              "Sensor", "S:" + stream.device(),
              "ObservedProperty", "P:" + stream.property().name()));
    }
    return steps.values().stream().map(JsonObject::of).toList();
  }

  private static Map<String, Object> put(
      Map<String, Map<String, Object>> steps,
      String key,
      String collection,
      String filter,
      Map<String, Object> body) {
    Map<String, Object> step = new LinkedHashMap<>();
    step.put("key", key);
    step.put("in", collection);
    step.put("filter", filter);
    step.put("body", body);
    steps.putIfAbsent(key, step);
    return step;
  }

  private static String ours(GatewayId gateway, Object id) {
    return "properties/" + KEY + " eq " + Paths.quoted(gateway + "/" + id);
  }

  private static Map<String, Object> key(GatewayId gateway, Object id) {
    return Map.of(KEY, gateway + "/" + id);
  }

  private String name(Collection<KnownThing> things, Datastream stream) {
    String thing =
        things.stream()
            .filter(each -> each.id().equals(stream.thing()))
            .map(KnownThing::name)
            .findFirst()
            .orElse(stream.thing().value());
    Duration window = stream.window();
    return names
        .of(stream.id())
        .orElse(thing + ", " + stream.property().name() + (window == null ? "" : ", " + window));
  }

  private Map<String, Object> thing(GatewayId gateway, KnownThing thing) {
    String name = names.of(thing.id()).orElse(thing.name());
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("name", name);
    body.put("description", thing.name());
    body.put("properties", key(gateway, thing.id()));
    Position place = thing.location();
    if (place != null) {
      body.put(
          "Locations",
          List.of(
              Map.of(
                  "name",
                  name,
                  "description",
                  thing.name(),
                  "encodingType",
                  GEOJSON,
                  "location",
                  point(place))));
    }
    return body;
  }

  /** A Feature without a place (RFC 7946, 3.2: unlocated). */
  private static Map<String, Object> unlocated(GatewayId gateway, KnownThing thing) {
    Map<String, @Nullable Object> feature = new LinkedHashMap<>();
    feature.put("type", "Feature");
    feature.put("geometry", null);
    feature.put("properties", Map.of());
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("name", thing.name());
    body.put("description", "where it is, is not told");
    body.put("encodingType", GEOJSON);
    body.put("feature", feature);
    body.put("properties", key(gateway, thing.id()));
    return body;
  }

  private static Map<String, Object> sensor(GatewayId gateway, Datastream stream) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("name", stream.device().value());
    body.put("description", "device " + stream.device());
    body.put("encodingType", "text/plain");
    body.put("metadata", stream.device().value());
    body.put("properties", key(gateway, stream.device()));
    return body;
  }

  private static Map<String, Object> stream(GatewayId gateway, Datastream stream, String name) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("name", name);
    body.put("description", stream.id().value());
    body.put("observationType", OM + (hasUnit(stream) ? "OM_Measurement" : "OM_Observation"));
    body.put(
        "unitOfMeasurement",
        Map.of(
            "name", stream.unit().code(),
            "symbol", stream.unit().code(),
            "definition", "ucum:" + stream.unit().code()));
    body.put("properties", key(gateway, stream.id()));
    return body;
  }

  /** Words, truths and counts have no unit; of those, a Datastream does not say which. */
  private static boolean hasUnit(Datastream stream) {
    return stream.unit() != Unit.ONE && !stream.property().name().equals("position");
  }

  static Map<String, Object> point(Position place) {
    Double altitude = place.altitude();
    return Map.of(
        "type",
        "Point",
        "coordinates",
        altitude == null
            ? List.of(place.longitude(), place.latitude())
            : List.of(place.longitude(), place.latitude(), altitude));
  }
}
