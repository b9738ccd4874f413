package city.mycelium.cli;

import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.KnownThing;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.GatewayId;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.ObservedProperty;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Statistic;
import city.mycelium.api.observation.ThingId;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An Observation as {@code journal export --json} writes it, with what says what it means. Only
 * {@code datastream}, {@code property}, {@code phenomenonTime}, {@code kind} and {@code result}
 * have to be there.
 */
final class ObservationLine {

  private static final List<String> MEMBERS =
      List.of(
          "gateway",
          "epoch",
          "offset",
          "datastream",
          "thing",
          "device",
          "property",
          "window",
          "personal",
          "phenomenonTime",
          "kind",
          "result",
          "unit",
          "quality",
          "receivedAt");

  private static final String ANY_GATEWAY = "aaaaaaaaaaaaaaaaaaaaaaaaaa";

  private final JsonObject line;
  private final long number;

  private ObservationLine(JsonObject line, long number) {
    this.line = line;
    this.number = number;
  }

  /**
   * Reads a line.
   *
   * @param number of the line, from 1; its offset where it names none
   * @throws IllegalArgumentException if it is none; says in a sentence what is wrong
   */
  static Described read(String text, long number) {
    JsonObject line;
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      line = reader.readObject();
    } catch (JsonException e) {
      throw new IllegalArgumentException("this is no JSON object", e);
    }
    for (String member : line.keySet()) {
      if (!MEMBERS.contains(member)) {
        throw new IllegalArgumentException(
            "'" + member + "' means nothing here; known are " + String.join(", ", MEMBERS));
      }
    }
    return new ObservationLine(line, number).described();
  }

  private Described described() {
    Datastream datastream = datastream();
    PhenomenonTime time = time(text("phenomenonTime"));
    Observation observation =
        new Observation(
            new Identity(
                new GatewayId(text("gateway", ANY_GATEWAY)),
                Identity.parseEpoch(text("epoch", "0000000000000001")),
                whole("offset", number)),
            datastream.id(),
            time,
            result(),
            Quality.valueOf(text("quality", "good").toUpperCase(Locale.ROOT)),
            line.containsKey("receivedAt") ? instant(text("receivedAt")) : time.to());
    return new Described(observation, datastream, thing(datastream.thing()));
  }

  private Datastream datastream() {
    DatastreamId id = new DatastreamId(text("datastream"));
    int slash = id.value().indexOf('/');
    String device = text("device", slash > 0 ? id.value().substring(0, slash) : id.value());
    String name = text("property");
    ObservedProperty property =
        Vocabulary.named(name)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "'" + name + "' is no observed property that Mycelium knows"));
    String code = text("unit", property.unit().code());
    Unit unit =
        Unit.ofCode(code)
            .orElseThrow(
                () -> new IllegalArgumentException("'" + code + "' is no known UCUM unit"));
    return new Datastream(
        id,
        new ThingId(thingMembers().getString("id", device)),
        new DeviceId(device),
        property,
        unit,
        null,
        line.containsKey("window") ? Duration.parse(text("window")) : null,
        line.getBoolean("personal", false));
  }

  private JsonObject thingMembers() {
    JsonValue thing = line.getOrDefault("thing", JsonValue.EMPTY_JSON_OBJECT);
    if (thing instanceof JsonObject members) {
      return members;
    }
    throw new IllegalArgumentException(
        "thing is an object with id, name, latitude and longitude, not " + thing);
  }

  private KnownThing thing(ThingId id) {
    JsonObject thing = thingMembers();
    return new KnownThing(
        id,
        thing.getString("name", id.value()),
        thing.containsKey("latitude") ? position(thing) : null);
  }

  private static Result.Position position(JsonObject members) {
    return new Result.Position(
        decimal(members.get("latitude"), "latitude"),
        decimal(members.get("longitude"), "longitude"),
        members.containsKey("altitude") ? decimal(members.get("altitude"), "altitude") : null);
  }

  private Result result() {
    JsonValue value = line.get("result");
    String kind = text("kind");
    return switch (kind) {
      case "number" -> new Result.Measurement(decimal(value, "result"));
      case "truth" -> new Result.Truth(truth(value, "result"));
      case "text" -> new Result.Text(text("result"));
      case "category" -> new Result.Category(text("result"));
      case "counter" -> new Result.Counter(whole("result", -1));
      case "position" -> position(object(value));
      case "summary" -> summary(object(value));
      default ->
          throw new IllegalArgumentException(
              "kind is number, truth, text, category, counter, position or summary, not '"
                  + kind
                  + "'");
    };
  }

  private static Result summary(JsonObject members) {
    Map<String, JsonValue> rest = new TreeMap<>(members);
    long count = (long) decimal(rest.remove("count"), "count");
    long expected = (long) decimal(rest.remove("expected"), "expected");
    boolean valid = truth(rest.remove("valid"), "valid");
    int revision = (int) decimal(rest.remove("revision"), "revision");
    Map<Statistic, Double> statistics =
        rest.entrySet().stream()
            .collect(
                Collectors.toMap(
                    entry -> new Statistic(entry.getKey()),
                    entry -> decimal(entry.getValue(), entry.getKey())));
    return new Result.Summary(count, expected, new TreeMap<>(statistics), valid, revision);
  }

  private static JsonObject object(@Nullable JsonValue value) {
    if (value instanceof JsonObject members) {
      return members;
    }
    throw new IllegalArgumentException("result is an object for this kind, not " + value);
  }

  private static double decimal(@Nullable JsonValue value, String name) {
    if (value instanceof JsonNumber decimal) {
      return decimal.doubleValue();
    }
    throw new IllegalArgumentException(name + " is a number, not " + value);
  }

  private static boolean truth(@Nullable JsonValue value, String name) {
    if (value == JsonValue.TRUE || value == JsonValue.FALSE) {
      return value == JsonValue.TRUE;
    }
    throw new IllegalArgumentException(name + " is true or false, not " + value);
  }

  private long whole(String member, long preset) {
    JsonValue value = line.get(member);
    if (value == null) {
      return preset;
    }
    if (value instanceof JsonNumber whole && whole.isIntegral()) {
      return whole.longValue();
    }
    throw new IllegalArgumentException(member + " is a whole number, not " + value);
  }

  private String text(String member) {
    JsonValue value = line.get(member);
    if (value instanceof JsonString text) {
      return text.getString();
    }
    throw new IllegalArgumentException(
        value == null ? member + " is missing" : member + " is a text, not " + value);
  }

  private String text(String member, String preset) {
    return line.containsKey(member) ? text(member) : preset;
  }

  private static PhenomenonTime time(String text) {
    int slash = text.indexOf('/');
    return slash < 0
        ? PhenomenonTime.at(instant(text))
        : PhenomenonTime.between(
            instant(text.substring(0, slash)), instant(text.substring(slash + 1)));
  }

  private static long instant(String text) {
    try {
      return Instant.parse(text).toEpochMilli();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "a time is written 2026-11-23T12:00:00Z, or two of them with / between, not '"
              + text
              + "'",
          e);
    }
  }
}
