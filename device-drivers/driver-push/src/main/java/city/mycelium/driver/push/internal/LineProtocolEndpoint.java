package city.mycelium.driver.push.internal;

import city.mycelium.driver.push.internal.kit.AirRohrMessage;
import city.mycelium.driver.push.internal.kit.Heard;
import city.mycelium.driver.push.internal.kit.KitMessage;
import city.mycelium.driver.push.internal.kit.KitSettings;
import city.mycelium.driver.push.internal.kit.PaddenstoelPoint;
import city.mycelium.driver.push.internal.line.Line;
import city.mycelium.driver.push.internal.line.LineProtocol;
import city.mycelium.driver.push.internal.line.TimePrecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /write} of InfluxDB 1.x (1.8 API reference, "/write"): 204 when every line is safe,
 * 400 in InfluxDB's words when some are not; the others are safe all the same.
 *
 * <p>A point with an {@code id} tag is a paddenstoel's, one with a {@code node} tag an airRohr's. A
 * line counts as a whole: with one bad value nothing of it is kept.
 */
final class LineProtocolEndpoint implements Endpoint {

  private static final Logger LOG = LoggerFactory.getLogger(LineProtocolEndpoint.class);
  private static final int REASONS_TOLD = 10;

  private final Reception reception;
  private final KitSettings kits;

  LineProtocolEndpoint(Reception reception, KitSettings kits) {
    this.reception = reception;
    this.kits = kits;
  }

  @Override
  public Answer answer(Request request) {
    String name = request.query().getOrDefault("precision", "");
    Optional<TimePrecision> precision = TimePrecision.named(name);
    if (precision.isEmpty()) {
      return Answer.error(
          Answer.BAD_REQUEST, "invalid precision (use n, u, ms, s, m or h); nothing is kept");
    }
    Sorted sorted = sort(LineProtocol.parse(request.body(), precision.get()));
    return reception
        .receive(request.remote(), request.login(), sorted.messages)
        .answer(
            refusals -> {
              refusals.forEach(
                  (index, reasons) ->
                      sorted.bad.put(sorted.numbers.get(index), String.join("; ", reasons)));
              return sorted.bad.isEmpty() ? Answer.empty(Answer.NO_CONTENT) : partial(sorted.bad);
            });
  }

  /** Lines that say something, and reasons why the others do not, by their numbers. */
  private static final class Sorted {
    final List<KitMessage> messages = new ArrayList<>();
    final List<Integer> numbers = new ArrayList<>();
    final Map<Integer, String> bad = new TreeMap<>();

    boolean bad(int number, String why) {
      bad.put(number, why);
      return false;
    }

    boolean add(int number, KitMessage message) {
      if (!message.complaints().isEmpty()) {
        return bad(number, String.join("; ", message.complaints()));
      }
      if (!message.ignored().isEmpty()) {
        LOG.debug("{} says what is no result here: {}", message.device(), message.ignored());
      }
      messages.add(message);
      numbers.add(number);
      return true;
    }
  }

  private Sorted sort(List<Line> lines) {
    Sorted sorted = new Sorted();
    for (Line line : lines) {
      Heard heard = line.either(this::hear, Heard.Unclear::new);
      heard.either(
          message -> sorted.add(line.number(), message), why -> sorted.bad(line.number(), why));
    }
    return sorted;
  }

  private Heard hear(Line.Good line) {
    String id = line.point().tags().get("id");
    String node = line.point().tags().get("node");
    if (id != null) {
      return PaddenstoelPoint.read(line, id, kits);
    }
    if (node != null) {
      return AirRohrMessage.read(line, node, kits);
    }
    return new Heard.Unclear("neither a tag 'id' nor a tag 'node' says which kit this is");
  }

  private static Answer partial(Map<Integer, String> bad) {
    StringJoiner why = new StringJoiner("; ", "partial write: ", " dropped=" + bad.size());
    bad.entrySet().stream()
        .limit(REASONS_TOLD)
        .forEach(line -> why.add("line " + line.getKey() + ": " + line.getValue()));
    if (bad.size() > REASONS_TOLD) {
      why.add((bad.size() - REASONS_TOLD) + " more lines");
    }
    return Answer.error(Answer.BAD_REQUEST, why.toString());
  }
}
