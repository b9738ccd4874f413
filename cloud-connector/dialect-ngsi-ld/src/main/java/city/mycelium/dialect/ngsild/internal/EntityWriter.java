package city.mycelium.dialect.ngsild.internal;

import city.mycelium.api.connector.Message;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Result.Position;
import city.mycelium.api.observation.Statistic;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Batches of entities as messages (ETSI GS CIM 009, 5.6.9 and 6.15). */
final class EntityWriter {

  private static final String UPSERT = "entityOperations/upsert?options=update";
  private static final String LINK =
      "; rel=\"http://www.w3.org/ns/json-ld#context\"; type=\"application/ld+json\"";

  private final Manner manner;

  EntityWriter(Manner manner) {
    this.manner = manner;
  }

  /** At most one value per attribute. */
  Message upsert(List<Value> values) {
    Map<String, List<Value>> entities = new LinkedHashMap<>();
    values.forEach(
        value -> entities.computeIfAbsent(value.entity(), id -> new ArrayList<>()).add(value));
    byte[] payload =
        Tree.bytes(
            json -> {
              json.writeStartArray();
              for (List<Value> entity : entities.values()) {
                entity(json, entity);
              }
              json.writeEndArray();
            });
    return Message.post(
            manner.keyValues() ? UPSERT + ",keyValues" : UPSERT,
            manner.inline() ? "application/ld+json" : "application/json",
            payload)
        .with(headers(manner));
  }

  /** Whose entities, and by which terms, where those do not go along. */
  static Map<String, String> headers(Manner manner) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (!manner.inline()) { // never both: 6.3.5
      headers.put("Link", "<" + manner.contextUrl() + ">" + LINK);
    }
    if (!manner.tenant().isEmpty()) {
      headers.put("NGSILD-Tenant", manner.tenant());
    }
    return headers;
  }

  private void entity(JsonGenerator json, List<Value> values) throws IOException {
    Value first = values.get(0);
    String type = first.attribute().type();
    Value newest = values.stream().max(Comparator.comparing(Freshness::of)).orElse(first);
    Set<String> names = new LinkedHashSet<>();
    json.writeStartObject();
    json.writeStringField("id", first.entity());
    json.writeStringField("type", type);
    property(json, "name", first.of().thing().name());
    names.add(Terms.time(type));
    time(json, Terms.time(type), newest.time().to());
    if (Terms.hasInterval(type)) {
      names.add("dateObservedFrom");
      names.add("dateObservedTo");
      time(json, "dateObservedFrom", newest.time().from());
      time(json, "dateObservedTo", newest.time().to());
    }
    Position place = first.of().thing().location();
    if (place != null && values.stream().noneMatch(v -> v.attribute().name().equals("location"))) {
      location(json, place);
    }
    for (Map.Entry<?, ?> fixed : Tree.object(manner.fixed().get(type)).entrySet()) {
      names.add(fixed.getKey().toString());
      fixed(json, fixed.getKey().toString(), fixed.getValue());
    }
    for (Value value : values) {
      names.add(value.attribute().name());
      if (manner.keyValues()) {
        json.writeFieldName(value.attribute().name());
        Tree.write(json, value.json());
      } else {
        normalized(json, value);
      }
    }
    if (manner.inline()) {
      context(json, first.attribute().model(), type, names);
    }
    json.writeEndObject();
  }

  private static void context(JsonGenerator json, String model, String type, Set<String> names)
      throws IOException {
    json.writeArrayFieldStart("@context");
    json.writeStartObject();
    for (Map.Entry<String, String> term : Terms.of(model, type, names).entrySet()) {
      json.writeStringField(term.getKey(), term.getValue());
    }
    json.writeEndObject();
    json.writeString(Terms.CORE);
    json.writeEndArray();
  }

  private void property(JsonGenerator json, String name, Object value) throws IOException {
    json.writeFieldName(name);
    if (manner.keyValues()) {
      Tree.write(json, value);
    } else {
      json.writeStartObject();
      json.writeStringField("type", "Property");
      json.writeFieldName("value");
      Tree.write(json, value);
      json.writeEndObject();
    }
  }

  private void time(JsonGenerator json, String name, long millis) throws IOException {
    String text = Instant.ofEpochMilli(millis).toString();
    if (manner.keyValues()) {
      json.writeStringField(name, text);
    } else {
      property(json, name, Map.of("@type", "DateTime", "@value", text));
    }
  }

  private void location(JsonGenerator json, Position place) throws IOException {
    json.writeFieldName("location");
    if (!manner.keyValues()) {
      json.writeStartObject();
      json.writeStringField("type", "GeoProperty");
      json.writeFieldName("value");
    }
    json.writeStartObject();
    json.writeStringField("type", "Point");
    json.writeArrayFieldStart("coordinates");
    json.writeNumber(place.longitude()); // longitude first: RFC 7946, 3.1.1
    json.writeNumber(place.latitude());
    Double altitude = place.altitude();
    if (altitude != null) {
      json.writeNumber(altitude);
    }
    json.writeEndArray();
    json.writeEndObject();
    if (!manner.keyValues()) {
      json.writeEndObject();
    }
  }

  /** By the convention of the smart data models, ref… points to another entity. */
  private void fixed(JsonGenerator json, String name, @Nullable Object value) throws IOException {
    if (manner.keyValues()
        || !name.startsWith("ref")
        || !(value instanceof String target)
        || !target.startsWith("urn:")) {
      property(json, name, value == null ? "" : value);
      return;
    }
    json.writeObjectFieldStart(name);
    json.writeStringField("type", "Relationship");
    json.writeStringField("object", target);
    json.writeEndObject();
  }

  private void normalized(JsonGenerator json, Value value) throws IOException {
    Observation observation = value.of().observation();
    json.writeObjectFieldStart(value.attribute().name());
    json.writeStringField("type", value.isPlace() ? "GeoProperty" : "Property");
    json.writeFieldName("value");
    if (value.json() instanceof Double number) {
      Tree.number(json, number);
    } else {
      Tree.write(json, value.json());
    }
    String unitCode = value.unitCode();
    if (unitCode != null) {
      json.writeStringField("unitCode", unitCode);
    }
    json.writeStringField("observedAt", Instant.ofEpochMilli(value.time().to()).toString());
    property(json, Terms.IDENTITY, text(observation.identity()));
    if (!value.time().isInstant()) {
      property(json, Terms.INTERVAL, value.time().toString());
    }
    if (observation.quality() != Quality.GOOD) {
      property(json, Terms.QUALITY, observation.quality().name().toLowerCase(Locale.ROOT));
    }
    if (observation.result() instanceof Result.Summary summary) {
      summary(json, value, summary);
    }
    json.writeEndObject();
  }

  private void summary(JsonGenerator json, Value value, Result.Summary summary) throws IOException {
    Duration window = value.of().datastream().window();
    if (window != null) {
      property(json, Terms.PERIOD, Value.period(window));
    }
    Statistic statistic = value.attribute().statistic();
    property(json, Terms.STATISTIC, statistic == null ? "" : statistic.name());
    property(json, Terms.COUNT, summary.count());
    property(json, Terms.EXPECTED, summary.expected());
    property(json, Terms.VALID, summary.valid());
    property(json, Terms.REVISION, summary.revision());
    Map<String, Object> all = new LinkedHashMap<>();
    for (Map.Entry<Statistic, Double> each : summary.statistics().entrySet()) {
      all.put(each.getKey().name(), value.inAttributesUnit(each.getKey(), each.getValue()));
    }
    property(json, Terms.STATISTICS, all);
  }

  /** An identity in one word. */
  static String text(Identity identity) {
    return identity.gateway()
        + "/"
        + Identity.epochText(identity.epoch())
        + "/"
        + identity.offset();
  }
}
