package city.mycelium.bench.platforms;

import city.mycelium.api.connector.Message;
import city.mycelium.api.connector.Verb;
import city.mycelium.api.dialect.MessageReader;
import city.mycelium.api.dialect.ToldObservation;
import city.mycelium.api.dialect.UnreadableMessageException;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A SensorThings server as FROST 2.4.2 was observed: it makes whatever it is asked to make, repeats
 * included, answers data arrays with one text per row, and can be asked with simple filters.
 */
final class SensorThingsMind implements Mind {

  private static final int LONGEST_PAGE = 200;
  private static final String ID = "@iot.id";
  private static final String OBSERVATIONS = "Observations";
  private static final String PARAMETERS = "parameters";
  private static final String BASE = "http://frost.invalid/v1.1/";
  private static final Pattern CONDITION =
      Pattern.compile("([\\w/]+) (eq|ge|le) ('(?:[^']|'')*'|\\d+)");
  private static final Pattern TOP = Pattern.compile("\\$top=(\\d+)");

  private final MessageReader reader;
  private final Shelf shelf;

  /** Everything that was made, observations included, by collection; each with its id. */
  private final Map<String, List<JsonObject>> entities = new HashMap<>();

  private long lastId;

  SensorThingsMind(MessageReader reader, Shelf shelf) {
    this.reader = reader;
    this.shelf = shelf;
  }

  @Override
  public boolean carries(Message message) {
    return message.channel().equals("CreateObservations");
  }

  @Override
  public synchronized Reply take(Message message) {
    try {
      if (message.verb() == Verb.GET) {
        return list(URLDecoder.decode(message.channel(), StandardCharsets.UTF_8));
      }
      return carries(message) ? create(message, Integer.MAX_VALUE) : make(message);
    } catch (JsonException | UnreadableMessageException e) {
      shelf.unreadable();
      return new Reply(400);
    }
  }

  /** Stores half of the rows, and answers for no more than that, with a 201. */
  @Override
  public synchronized Reply lie(Message message) {
    try {
      return create(message, reader.read(message).size() / 2);
    } catch (JsonException | UnreadableMessageException e) {
      shelf.unreadable();
      return new Reply(400);
    }
  }

  private Reply make(Message message) {
    long id = ++lastId;
    String collection = message.channel();
    add(collection, Json.createObjectBuilder(parsed(message).asJsonObject()).add(ID, id));
    return new Reply(201, Map.of("Location", BASE + collection + "(" + id + ")"), new byte[0]);
  }

  private Reply create(Message message, int most) throws UnreadableMessageException {
    List<ToldObservation> told = reader.read(message);
    List<ToldObservation> stored = new ArrayList<>();
    JsonArrayBuilder answers = Json.createArrayBuilder();
    int row = 0;
    for (JsonValue each : parsed(message).asJsonArray()) {
      JsonObject array = each.asJsonObject();
      JsonValue stream = array.getJsonObject("Datastream").get(ID);
      boolean isKnown =
          entities.getOrDefault("Datastreams", List.of()).stream()
              .anyMatch(entity -> entity.get(ID).equals(stream));
      List<String> components =
          array.getJsonArray("components").getValuesAs(JsonString.class).stream()
              .map(JsonString::getString)
              .toList();
      for (JsonValue cells : array.getJsonArray("dataArray")) {
        if (row >= most) {
          break;
        }
        if (isKnown) {
          long id = ++lastId;
          add(
              OBSERVATIONS,
              Json.createObjectBuilder()
                  .add(ID, id)
                  .add(PARAMETERS, cells.asJsonArray().get(components.indexOf(PARAMETERS))));
          stored.add(told.get(row));
          answers.add(BASE + OBSERVATIONS + "(" + id + ")");
        } else {
          answers.add("error No such entity: Datastream " + stream);
        }
        row++;
      }
    }
    shelf.put(stored);
    return json(201, answers.build());
  }

  private void add(String collection, JsonObjectBuilder entity) {
    entities.computeIfAbsent(collection, name -> new ArrayList<>()).add(entity.build());
  }

  private Reply list(String channel) {
    String[] parts = channel.split("\\?", 2);
    String query = parts.length > 1 ? parts[1] : "";
    List<JsonObject> found = new ArrayList<>(entities.getOrDefault(parts[0], List.of()));
    Matcher condition = CONDITION.matcher(query);
    while (condition.find()) {
      String path = condition.group(1);
      String how = condition.group(2);
      String wanted = condition.group(3);
      found.removeIf(entity -> !holds(valueAt(entity, path), how, wanted));
    }
    if (query.contains("parameters/offset desc")) {
      found.sort((a, b) -> Long.compare(offset(b), offset(a)));
    }
    Matcher top = TOP.matcher(query);
    int most = Math.min(LONGEST_PAGE, top.find() ? Integer.parseInt(top.group(1)) : LONGEST_PAGE);
    JsonArrayBuilder value = Json.createArrayBuilder();
    found.stream().limit(most).forEach(value::add);
    return json(200, Json.createObjectBuilder().add("value", value).build());
  }

  private static long offset(JsonObject observation) {
    return valueAt(observation, "parameters/offset") instanceof JsonNumber number
        ? number.longValue()
        : 0;
  }

  private static @Nullable JsonValue valueAt(JsonObject entity, String path) {
    JsonValue value = entity;
    for (String name : path.split("/", -1)) {
      value = value instanceof JsonObject object ? object.get(name) : null;
    }
    return value;
  }

  private static boolean holds(@Nullable JsonValue value, String how, String wanted) {
    if (value instanceof JsonString text) {
      String plain = wanted.replaceAll("^'|'$", "").replace("''", "'");
      return how.equals("eq") && text.getString().equals(plain);
    }
    if (!(value instanceof JsonNumber number) || wanted.startsWith("'")) {
      return false;
    }
    int compared = Long.compare(number.longValue(), Long.parseLong(wanted));
    return switch (how) {
      case "eq" -> compared == 0;
      case "ge" -> compared >= 0;
      default -> compared <= 0;
    };
  }

  private static JsonValue parsed(Message message) {
    try (JsonReader json = Json.createReader(new ByteArrayInputStream(message.payload()))) {
      return json.readValue();
    }
  }

  private static Reply json(int status, JsonValue body) {
    return new Reply(
        status,
        Map.of("Content-Type", "application/json"),
        body.toString().getBytes(StandardCharsets.UTF_8));
  }
}
