package city.mycelium.dialect.ngsild.internal;

import city.mycelium.api.connector.Message;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Result.Position;
import city.mycelium.api.observation.Statistic;
import city.mycelium.json.JsonWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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
    JsonWriter json = new JsonWriter().list();
    Map<Vocabulary, Map<String, String>> contexts = new HashMap<>();
    entities.values().forEach(entity -> entity(json, entity, contexts));
    byte[] payload = json.end().toBytes();
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

  private void entity(
      JsonWriter json, List<Value> values, Map<Vocabulary, Map<String, String>> contexts) {
    Value first = values.get(0);
    String type = first.attribute().type();
    Value newest = values.stream().max(Comparator.comparing(Freshness::of)).orElse(first);
    Set<String> names = new LinkedHashSet<>();
    json.object().text("id", first.entity()).text("type", type);
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
    for (Map.Entry<String, ?> fixed : manner.fixed().objectOrEmpty(type).members().entrySet()) {
      names.add(fixed.getKey());
      fixed(json, fixed.getKey(), fixed.getValue());
    }
    for (Value value : values) {
      names.add(value.attribute().name());
      if (manner.keyValues()) {
        value(json.name(value.attribute().name()), value);
      } else {
        normalized(json, value);
      }
    }
    if (manner.inline()) {
      context(json, new Vocabulary(first.attribute().model(), type, names), contexts);
    }
    json.end();
  }

  /** What the terms of an entity depend on: in a batch, many have the same. */
  private record Vocabulary(String model, String type, Set<String> names) {
    Map<String, String> terms() {
      return Terms.of(model, type, names);
    }
  }

  private static void context(
      JsonWriter json, Vocabulary vocabulary, Map<Vocabulary, Map<String, String>> contexts) {
    json.list("@context").object();
    contexts.computeIfAbsent(vocabulary, Vocabulary::terms).forEach(json::text);
    json.end().text(Terms.CORE).end();
  }

  /** Begins a member that has one value, which is still to be told. */
  private JsonWriter begin(JsonWriter json, String name) {
    return manner.keyValues()
        ? json.name(name)
        : json.object(name).text("type", "Property").name("value");
  }

  private void end(JsonWriter json) {
    if (!manner.keyValues()) {
      json.end();
    }
  }

  private void property(JsonWriter json, String name, String value) {
    end(begin(json, name).text(value));
  }

  private void property(JsonWriter json, String name, long value) {
    end(begin(json, name).number(value));
  }

  private void time(JsonWriter json, String name, long millis) {
    if (manner.keyValues()) {
      json.time(name, millis);
    } else {
      end(begin(json, name).object().text("@type", "DateTime").time("@value", millis).end());
    }
  }

  private void location(JsonWriter json, Position place) {
    json.name("location");
    if (!manner.keyValues()) {
      json.object().text("type", "GeoProperty").name("value");
    }
    json.object().text("type", "Point").list("coordinates");
    json.number(place.longitude()).number(place.latitude()); // longitude first: RFC 7946, 3.1.1
    Double altitude = place.altitude();
    if (altitude != null) {
      json.number(altitude);
    }
    end(json.end().end());
  }

  /** By the convention of the smart data models, ref… points to another entity. */
  private void fixed(JsonWriter json, String name, @Nullable Object value) {
    if (manner.keyValues()
        || !name.startsWith("ref")
        || !(value instanceof String target)
        || !target.startsWith("urn:")) {
      end(begin(json, name).value(value == null ? "" : value));
      return;
    }
    json.object(name).text("type", "Relationship").text("object", target).end();
  }

  private static void value(JsonWriter json, Value value) {
    if (value.json() instanceof Double number) {
      json.decimal(number);
    } else {
      json.value(value.json());
    }
  }

  private void normalized(JsonWriter json, Value value) {
    Observation observation = value.of().observation();
    json.object(value.attribute().name())
        .text("type", value.isPlace() ? "GeoProperty" : "Property")
        .name("value");
    value(json, value);
    String unitCode = value.unitCode();
    if (unitCode != null) {
      json.text("unitCode", unitCode);
    }
    json.time("observedAt", value.time().to());
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
    json.end();
  }

  private void summary(JsonWriter json, Value value, Result.Summary summary) {
    Duration window = value.of().datastream().window();
    if (window != null) {
      property(json, Terms.PERIOD, Value.period(window));
    }
    Statistic statistic = value.attribute().statistic();
    property(json, Terms.STATISTIC, statistic == null ? "" : statistic.name());
    property(json, Terms.COUNT, summary.count());
    property(json, Terms.EXPECTED, summary.expected());
    end(begin(json, Terms.VALID).truth(summary.valid()));
    property(json, Terms.REVISION, summary.revision());
    begin(json, Terms.STATISTICS).object();
    summary
        .statistics()
        .forEach((name, of) -> json.decimal(name.name(), value.inAttributesUnit(name, of)));
    end(json.end());
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
