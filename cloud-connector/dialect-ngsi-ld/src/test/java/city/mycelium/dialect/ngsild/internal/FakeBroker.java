package city.mycelium.dialect.ngsild.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.json.JsonException;
import city.mycelium.json.JsonObject;
import city.mycelium.json.JsonReader;
import city.mycelium.json.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A broker as Scorpio 5.0.3 was observed: 201 with the ids of new entities, 204 for known ones, 207
 * when some are refused, attributes kept that a batch does not mention.
 */
final class FakeBroker {

  /** Attributes by entity. */
  final Map<String, Map<String, Object>> entities = new LinkedHashMap<>();

  /** Every value that an attribute had, in order. */
  final Map<String, List<Object>> history = new LinkedHashMap<>();

  /** What it refuses, and with which status. */
  final Map<String, Integer> refused = new LinkedHashMap<>();

  private static final Set<String> BESIDE = Set.of("id", "type", "@context");

  Answer take(Message message) {
    List<String> created = new ArrayList<>();
    List<String> success = new ArrayList<>();
    List<Map<String, Object>> errors = new ArrayList<>();
    try {
      for (Object each : JsonReader.list(message.payload())) {
        JsonObject entity = JsonObject.orEmpty(each);
        String id = String.valueOf(entity.get("id"));
        Integer status = refused.get(id);
        if (status != null) {
          errors.add(
              Map.of(
                  "id",
                  id,
                  "ProblemDetails",
                  Map.of("title", "Bad Request Data.", "detail", "no", "status", status)));
          continue;
        }
        success.add(id);
        if (!entities.containsKey(id)) {
          created.add(id);
        }
        Map<String, Object> kept = entities.computeIfAbsent(id, key -> new LinkedHashMap<>());
        entity
            .members()
            .forEach(
                (name, value) -> {
                  if (!BESIDE.contains(name)) {
                    kept.put(name, value);
                    history
                        .computeIfAbsent(id + " " + name, key -> new ArrayList<>())
                        .add(JsonObject.orEmpty(value).get("value"));
                  }
                });
      }
    } catch (JsonException e) {
      throw new AssertionError(e);
    }
    if (!errors.isEmpty()) {
      return new Answer.Replied(
          207, JsonObject.of(Map.of("success", success, "errors", errors)).toBytes());
    }
    return created.isEmpty()
        ? new Answer.Replied(204, new byte[0])
        : new Answer.Replied(201, new JsonWriter().value(created).toBytes());
  }

  @Nullable Object value(String entity, String attribute) {
    return attribute(entity, attribute).get("value");
  }

  @Nullable Object under(String entity, String attribute, String sub) {
    return attribute(entity, attribute).objectOrEmpty(sub).get("value");
  }

  JsonObject attribute(String entity, String attribute) {
    return JsonObject.orEmpty(entities.getOrDefault(entity, Map.of()).get(attribute));
  }
}
