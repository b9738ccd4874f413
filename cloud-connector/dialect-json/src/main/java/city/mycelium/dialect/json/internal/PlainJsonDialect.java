package city.mycelium.dialect.json.internal;

import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectEvent;
import city.mycelium.api.dialect.Link;
import city.mycelium.api.dialect.Offsets;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.dialect.Turn;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.json.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One message per Observation, or one array per topic and flight. Has no state. Safe for use by
 * many threads.
 */
final class PlainJsonDialect implements Dialect {

  private static final String MEDIA_TYPE = "application/json";

  private final TopicTemplate topic;
  private final boolean isArray;
  private final PlainJson json;

  PlainJsonDialect(TopicTemplate topic, boolean isArray, PlainJson json) {
    this.topic = topic;
    this.isArray = isArray;
    this.json = json;
  }

  @Override
  public Turn turn(Link link, byte[] state, DialectEvent event) {
    if (event instanceof DialectEvent.Send send) {
      return send(link, send);
    }
    OffsetRange covers = event instanceof DialectEvent.Answered answer ? answer.covers() : null;
    if (covers != null && event instanceof DialectEvent.Answered answered) {
      Offsets carried = Offsets.parse(answered.tag());
      return turn(List.of(), carried.usual(link, covers, answered.answer()));
    }
    return turn(List.of(), List.of());
  }

  private Turn send(Link link, DialectEvent.Send send) {
    if (send.observations().isEmpty()) {
      return turn(List.of(), List.of(new Outcome.Delivered(link.epoch(), send.covers())));
    }
    List<Turn.Dispatch> dispatches = new ArrayList<>();
    if (isArray) {
      Map<String, List<Described>> byTopic = new LinkedHashMap<>();
      for (Described described : send.observations()) {
        byTopic.computeIfAbsent(topic.of(link, described), key -> new ArrayList<>()).add(described);
      }
      byTopic.forEach((key, list) -> dispatches.add(dispatch(key, list, send.covers())));
    } else {
      for (Described described : send.observations()) {
        dispatches.add(dispatch(topic.of(link, described), List.of(described), send.covers()));
      }
    }
    return turn(dispatches, List.of());
  }

  private Turn.Dispatch dispatch(String channel, List<Described> observations, OffsetRange covers) {
    JsonWriter out = new JsonWriter();
    if (isArray) {
      out.list();
    }
    observations.forEach(described -> json.write(out, described));
    if (isArray) {
      out.end();
    }
    String tag =
        Offsets.of(
                observations.stream()
                    .map(described -> described.observation().identity().offset())
                    .toList())
            .toString();
    return new Turn.Dispatch(Message.post(channel, MEDIA_TYPE, out.toBytes()), covers, tag);
  }

  private static Turn turn(List<Turn.Dispatch> dispatches, List<Outcome> outcomes) {
    return new Turn(new byte[0], dispatches, outcomes);
  }
}
