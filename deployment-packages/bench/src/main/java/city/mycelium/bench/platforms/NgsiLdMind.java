package city.mycelium.bench.platforms;

import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.MessageReader;
import city.mycelium.api.dialect.ToldObservation;
import city.mycelium.api.dialect.UnreadableMessageException;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An NGSI-LD broker as Scorpio 5.0.3 was observed: 201 with the ids of entities that are new, 204
 * for known ones. Where it does not keep all, it says so in a 207.
 */
final class NgsiLdMind implements Mind {

  private final MessageReader reader;
  private final Shelf shelf;
  private final Set<String> entities = ConcurrentHashMap.newKeySet();

  NgsiLdMind(MessageReader reader, Shelf shelf) {
    this.reader = reader;
    this.shelf = shelf;
  }

  @Override
  public boolean carries(Message message) {
    try {
      return !reader.read(message).isEmpty();
    } catch (UnreadableMessageException e) { // said when it is taken
      return true;
    }
  }

  @Override
  public Reply take(Message message) {
    try {
      List<ToldObservation> told = reader.read(message);
      shelf.put(told);
      Set<String> created = new LinkedHashSet<>();
      for (ToldObservation each : told) {
        if (entities.add(each.source())) {
          created.add(each.source());
        }
      }
      return created.isEmpty() ? new Reply(204) : json(201, array(created).build().toString());
    } catch (UnreadableMessageException e) {
      shelf.unreadable();
      return new Reply(400);
    }
  }

  /** Keeps one entity, and says of the others in the errors of a success that it could not. */
  @Override
  public Reply lie(Message message) {
    try {
      List<ToldObservation> told = reader.read(message);
      String first = told.get(0).source();
      shelf.put(told.stream().filter(each -> each.source().equals(first)).toList());
      entities.add(first);
      Set<String> others = new LinkedHashSet<>();
      told.forEach(each -> others.add(each.source()));
      others.remove(first);
      JsonArrayBuilder errors = Json.createArrayBuilder();
      for (String other : others) {
        errors.add(
            Json.createObjectBuilder()
                .add("id", other)
                .add(
                    "ProblemDetails",
                    Json.createObjectBuilder().add("title", "Internal Error").add("status", 503)));
      }
      return json(
          207,
          Json.createObjectBuilder()
              .add("success", array(Set.of(first)))
              .add("errors", errors)
              .build()
              .toString());
    } catch (UnreadableMessageException e) {
      shelf.unreadable();
      return new Reply(400);
    }
  }

  private static JsonArrayBuilder array(Set<String> texts) {
    return Json.createArrayBuilder(List.copyOf(texts));
  }

  private static Reply json(int status, String body) {
    return new Reply(
        status, Map.of("Content-Type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
  }
}
