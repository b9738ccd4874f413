package city.mycelium.dialect.sensorthings.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.api.connector.Verb;
import city.mycelium.json.JsonException;
import city.mycelium.json.JsonObject;
import city.mycelium.json.JsonReader;
import city.mycelium.json.JsonWriter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A SensorThings server as FROST 2.4.2 was observed, and with the paging manners of RIVM's: 201
 * with a link or "error" per row, Location headers, next links that drop {@code $select} and name a
 * host of their own, rows that come on two pages.
 */
final class FakeServer {

  final Map<String, List<Map<String, Object>>> entities = new LinkedHashMap<>();
  final List<Map<String, Object>> observations = new ArrayList<>();
  final List<String> asked = new ArrayList<>();

  /** Rows whose result is this are answered with an error. */
  Object badResult = new Object();

  int pageSize = 4;
  private long lastId;

  private static final Pattern EQUALS = Pattern.compile("([\\w/]+) (eq|ge|le) ('[^']*'|\\d+)");

  Answer take(Message message) {
    try {
      return answer(message);
    } catch (JsonException e) {
      throw new AssertionError(e);
    }
  }

  private Answer answer(Message message) throws JsonException {
    String channel = URLDecoder.decode(message.channel(), StandardCharsets.UTF_8);
    asked.add(message.verb() + " " + channel);
    if (message.verb() == Verb.GET) {
      return list(channel);
    }
    if (message.verb() == Verb.PATCH) {
      long id = Long.parseLong(Paths.lastId(channel).orElseThrow());
      for (Map<String, Object> each : observations) {
        if (Long.valueOf(id).equals(each.get("@iot.id"))) {
          each.putAll(JsonReader.object(message.payload()).members());
          return new Answer.Replied(200, new byte[0]);
        }
      }
      return new Answer.Replied(404, new byte[0]);
    }
    if (channel.equals("CreateObservations")) {
      return rows(JsonReader.list(message.payload()));
    }
    Map<String, Object> entity =
        new LinkedHashMap<>(JsonReader.object(message.payload()).members());
    entity.put("@iot.id", ++lastId);
    entities.computeIfAbsent(channel, name -> new ArrayList<>()).add(entity);
    return new Answer.Replied(
        201,
        Map.of("Location", "http://frost.internal.invalid/v1.1/" + channel + "(" + lastId + ")"),
        new byte[0]);
  }

  private Answer rows(List<?> arrays) {
    List<Object> said = new ArrayList<>();
    for (Object each : arrays) {
      JsonObject array = JsonObject.orEmpty(each);
      Object stream = array.objectOrEmpty("Datastream").get("@iot.id");
      boolean known =
          entities.getOrDefault("Datastreams", List.of()).stream()
              .anyMatch(entity -> Objects.equals(entity.get("@iot.id"), stream));
      List<?> components = array.listOrEmpty("components");
      for (Object cells : array.listOrEmpty("dataArray")) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < components.size(); i++) {
          row.put(String.valueOf(components.get(i)), ((List<?>) cells).get(i));
        }
        if (!known) {
          said.add("error No such entity: Datastream " + stream);
        } else if (badResult.equals(row.get("result"))) {
          said.add("error result could not be parsed");
        } else {
          row.put("@iot.id", ++lastId);
          row.put("stream", stream);
          observations.add(row);
          said.add("http://frost.internal.invalid/v1.1/Observations(" + lastId + ")");
        }
      }
    }
    return new Answer.Replied(201, new JsonWriter().value(said).toBytes());
  }

  private Answer list(String channel) {
    String[] parts = channel.split("\\?", 2);
    List<Map<String, Object>> all;
    if (parts[0].endsWith("Observations")) {
      all = new ArrayList<>(observations);
      if (parts[0].startsWith("Datastreams(")) {
        long stream = Long.parseLong(parts[0].replaceAll("\\D", ""));
        all.removeIf(each -> !Long.valueOf(stream).equals(each.get("stream")));
      }
    } else {
      all = new ArrayList<>(entities.getOrDefault(parts[0], List.of()));
    }
    Matcher matcher = EQUALS.matcher(parts[1]);
    while (matcher.find()) {
      String path = matcher.group(1);
      String how = matcher.group(2);
      String wanted = matcher.group(3);
      all.removeIf(each -> !matches(each, path, how, wanted));
    }
    String sort = parts[1].contains("parameters/offset desc") ? "offset" : "revision";
    if (parts[1].contains(" desc")) {
      all.sort((a, b) -> Long.compare(parameter(b, sort), parameter(a, sort)));
      return page(all.subList(0, Math.min(1, all.size())), null);
    }
    Matcher skip = Pattern.compile("\\$skip=(\\d+)").matcher(parts[1]);
    int from = skip.find() ? Integer.parseInt(skip.group(1)) : 0;
    int to = Math.min(all.size(), from + pageSize);
    String rest = parts[1].replaceAll("&\\$(select|skip)=[^&]*", "");
    return page(
        all.subList(Math.max(0, from - 1), to), // a row that was on the page before
        to < all.size()
            ? "http://frost.internal.invalid/v1.1/" + parts[0] + "?" + rest + "&$skip=" + to
            : null);
  }

  private static long parameter(Map<String, Object> entity, String name) {
    return JsonObject.orEmpty(entity.get("parameters")).get(name) instanceof Number number
        ? number.longValue()
        : 0;
  }

  private static Answer page(List<Map<String, Object>> value, @Nullable String next) {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("value", value);
    if (next != null) {
      page.put("@iot.nextLink", next);
    }
    return new Answer.Replied(200, JsonObject.of(page).toBytes());
  }

  private static boolean matches(
      Map<String, Object> entity, String path, String how, String wanted) {
    Object value = JsonObject.of(entity);
    for (String name : path.split("/", -1)) {
      value = JsonObject.orEmpty(value).get(name);
    }
    if (value == null) {
      return false;
    }
    if (how.equals("eq")) {
      return wanted.equals("'" + value + "'") || wanted.equals(value.toString());
    }
    long compared = Long.compare(((Number) value).longValue(), Long.parseLong(wanted));
    return how.equals("ge") ? compared >= 0 : compared <= 0;
  }

  /** Of one collection. */
  List<Map<String, Object>> all(String collection) {
    return entities.getOrDefault(collection, List.of());
  }

  /** Offsets that are there, repeated if they are there more than once. */
  List<Long> offsets() {
    return observations.stream().map(each -> parameter(each, "offset")).sorted().toList();
  }
}
