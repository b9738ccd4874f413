package city.mycelium.bench.dialects;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.api.connector.Verb;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * A platform that says yes, as cheaply as it can, so that it is the dialect that is measured:
 * SensorThings' entities are not there and are made, its rows are each answered with a link (OGC
 * 18-088, 13); everything else is 204. Not thread-safe.
 */
final class TakesEverything {

  private static final Answer YES = new Answer.Replied(204, new byte[0]);
  private static final Answer NOTHING_THERE =
      new Answer.Replied(200, "{\"value\":[]}".getBytes(StandardCharsets.UTF_8));
  private static final String BASE = "http://platform.invalid/v1.1/";

  private final Map<Integer, Answer> links = new HashMap<>();
  private long entities;

  /**
   * What it answers.
   *
   * @param observations so many are told with it
   */
  Answer answer(Message message, int observations) {
    if (message.verb() == Verb.GET) {
      return NOTHING_THERE;
    }
    return switch (message.channel()) {
      case "CreateObservations" -> links.computeIfAbsent(observations, TakesEverything::links);
      case "Things",
          "Sensors",
          "ObservedProperties",
          "Datastreams",
          "FeaturesOfInterest",
          "Locations" ->
          new Answer.Replied(
              201,
              Map.of("Location", BASE + message.channel() + "(" + ++entities + ")"),
              new byte[0]);
      default -> YES;
    };
  }

  private static Answer links(int rows) {
    StringBuilder list = new StringBuilder("[");
    for (int i = 1; i <= rows; i++) {
      list.append(i == 1 ? "" : ",").append('"').append(BASE);
      list.append("Observations(").append(i).append(")\"");
    }
    return new Answer.Replied(201, list.append(']').toString().getBytes(StandardCharsets.UTF_8));
  }
}
