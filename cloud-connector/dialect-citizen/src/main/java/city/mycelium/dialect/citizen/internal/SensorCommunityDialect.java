package city.mycelium.dialect.citizen.internal;

import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectEvent;
import city.mycelium.api.dialect.Link;
import city.mycelium.api.dialect.Offsets;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.dialect.Turn;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.observation.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One POST per physical sensor. The network takes the time of its own clock and knows no identity:
 * what is late would be told as new, so it is not told; and a message that arrived although nobody
 * knows is a second value there when it is sent again. Has no state. Safe for use by many threads.
 */
final class SensorCommunityDialect implements Dialect {

  private final PhysicalSensors sensors;
  private final int lateSeconds;

  SensorCommunityDialect(PhysicalSensors sensors, int lateSeconds) {
    this.sensors = sensors;
    this.lateSeconds = lateSeconds;
  }

  /** What one POST is about. */
  private record Sensor(String node, String pin) {}

  /** One POST that is being filled: values and offsets by value_type. */
  private static final class Post {
    final Map<String, String> values = new LinkedHashMap<>();
    final List<Long> offsets = new ArrayList<>();
  }

  @Override
  public Turn turn(Link link, byte[] state, DialectEvent event) {
    if (event instanceof DialectEvent.Send send) {
      return send(link, send);
    }
    if (event instanceof DialectEvent.Answered answered) {
      OffsetRange covers = answered.covers();
      if (covers != null) {
        Offsets carried = Offsets.parse(answered.tag());
        return turn(List.of(), carried.usual(link, covers, answered.answer()));
      }
    }
    return turn(List.of(), List.of());
  }

  private Turn send(Link link, DialectEvent.Send send) {
    Map<Sensor, List<Post>> posts = new LinkedHashMap<>();
    List<Outcome> outcomes = new ArrayList<>();
    for (Described described : send.observations()) {
      long offset = described.observation().identity().offset();
      String why = whyNot(described, send.now());
      if (why == null) {
        fill(posts, described, offset);
      } else {
        outcomes.addAll(Offsets.of(List.of(offset)).rejected(why));
      }
    }
    List<Turn.Dispatch> dispatches = new ArrayList<>();
    posts.forEach(
        (sensor, list) ->
            list.forEach(post -> dispatches.add(dispatch(sensor, post, send.covers()))));
    if (dispatches.isEmpty()) {
      outcomes.add(new Outcome.Delivered(link.epoch(), send.covers()));
    }
    return turn(dispatches, outcomes);
  }

  private @Nullable String whyNot(Described described, long now) {
    if (described.datastream().isAggregate()) {
      return "Sensor.Community takes what a sensor says now, not windows such as "
          + described.datastream().id()
          + ": take it out of the Destination's selection";
    }
    if (sensors.of(described.datastream()).isEmpty()
        || !(described.observation().result() instanceof Result.Measurement)) {
      return "Sensor.Community has no word for "
          + described.datastream().id()
          + " ("
          + described.datastream().property().name()
          + "): take it out of the Destination's selection";
    }
    long ageSeconds = (now - described.observation().phenomenonTime().to()) / 1_000;
    if (ageSeconds > lateSeconds) {
      return described.datastream().id()
          + " was observed "
          + ageSeconds
          + " s ago; Sensor.Community would take it as of now, so nothing older than "
          + lateSeconds
          + " s is told (dialect.lateSeconds)";
    }
    return Numbers.doubt("Sensor.Community", described);
  }

  /** Into the first POST of its sensor that has no such value yet. */
  private void fill(Map<Sensor, List<Post>> posts, Described described, long offset) {
    PhysicalSensors.Value value = sensors.of(described.datastream()).orElseThrow();
    List<Post> ofSensor =
        posts.computeIfAbsent(new Sensor(value.node(), value.pin()), key -> new ArrayList<>());
    Post post =
        ofSensor.stream()
            .filter(each -> !each.values.containsKey(value.valueType()))
            .findFirst()
            .orElse(null);
    if (post == null) {
      post = new Post();
      ofSensor.add(post);
    }
    Result.Measurement result = (Result.Measurement) described.observation().result();
    post.values.put(
        value.valueType(),
        PlainNumber.of(described.datastream().unit().convert(result.value(), value.unit())));
    post.offsets.add(offset);
  }

  private static Turn.Dispatch dispatch(Sensor sensor, Post post, OffsetRange covers) {
    Message message =
        Message.post(
                SensorCommunityBody.CHANNEL,
                SensorCommunityBody.MEDIA_TYPE,
                SensorCommunityBody.of(post.values))
            .with(
                Map.of(
                    SensorCommunityBody.SENSOR, sensor.node(),
                    SensorCommunityBody.PIN, sensor.pin()));
    return new Turn.Dispatch(message, covers, Offsets.of(post.offsets).toString());
  }

  private static Turn turn(List<Turn.Dispatch> dispatches, List<Outcome> outcomes) {
    return new Turn(new byte[0], dispatches, outcomes);
  }
}
