package city.mycelium.dialect.sensorthings.internal;

import city.mycelium.api.connector.Message;
import city.mycelium.api.connector.Verb;
import city.mycelium.api.dialect.MessageReader;
import city.mycelium.api.dialect.ToldObservation;
import city.mycelium.api.dialect.UnreadableMessageException;
import city.mycelium.api.observation.GatewayId;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Statistic;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads data arrays and corrections back; a row knows its Datastream only by the server's id. */
final class SensorThingsReader implements MessageReader {

  @Override
  public List<ToldObservation> read(Message message) throws UnreadableMessageException {
    boolean isArray = message.channel().equals("CreateObservations");
    boolean isPatch = message.verb() == Verb.PATCH && message.channel().startsWith("Observations(");
    if (!isArray && !isPatch) {
      return List.of();
    }
    List<ToldObservation> told = new ArrayList<>();
    try {
      Object body = Tree.read(message.payload());
      if (isPatch) {
        told.add(observation(message.channel(), Tree.object(body)));
      } else if (body instanceof List<?> arrays) {
        for (Object array : arrays) {
          array(Tree.object(array), told);
        }
      } else {
        throw new UnreadableMessageException("data arrays come in a JSON array");
      }
    } catch (IOException e) {
      throw new UnreadableMessageException("the message cannot be read: " + e.getMessage(), e);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new UnreadableMessageException("an observation makes no sense: " + e.getMessage(), e);
    }
    return told;
  }

  private static void array(Map<?, ?> array, List<ToldObservation> told)
      throws UnreadableMessageException {
    Object id = Tree.object(array.get("Datastream")).get("@iot.id");
    if (id == null) {
      throw new UnreadableMessageException("a data array names no Datastream");
    }
    List<?> components = Tree.list(array.get("components"));
    for (Object each : Tree.list(array.get("dataArray"))) {
      List<?> cells = Tree.list(each);
      if (cells.size() != components.size()) {
        throw new UnreadableMessageException("a row has not as many cells as components");
      }
      Map<String, @Nullable Object> row = new LinkedHashMap<>();
      for (int i = 0; i < cells.size(); i++) {
        row.put(String.valueOf(components.get(i)), cells.get(i));
      }
      told.add(observation("Datastreams(" + id + ")", row));
    }
  }

  private static ToldObservation observation(String source, Map<?, ?> row)
      throws UnreadableMessageException {
    Map<?, ?> parameters = Tree.object(row.get(Rows.PARAMETERS));
    Object statistic = parameters.get("statistic");
    return new ToldObservation(
        source,
        statistic == null ? "result" : statistic.toString(),
        null,
        time(String.valueOf(row.get("phenomenonTime"))),
        parameters.containsKey(Rows.REVISION) ? summary(parameters) : plain(row.get("result")),
        new Identity(
            new GatewayId(String.valueOf(parameters.get("gateway"))),
            Identity.parseEpoch(String.valueOf(parameters.get("epoch"))),
            (long) number(parameters.get(Rows.OFFSET))));
  }

  private static PhenomenonTime time(String text) {
    String[] ends = text.split("/", 2);
    return PhenomenonTime.between(
        Instant.parse(ends[0]).toEpochMilli(), Instant.parse(ends[ends.length - 1]).toEpochMilli());
  }

  private static Result summary(Map<?, ?> parameters) throws UnreadableMessageException {
    TreeMap<Statistic, Double> statistics = new TreeMap<>();
    for (Map.Entry<?, ?> each : Tree.object(parameters.get("statistics")).entrySet()) {
      statistics.put(new Statistic(each.getKey().toString()), number(each.getValue()));
    }
    return new Result.Summary(
        (long) number(parameters.get("count")),
        (long) number(parameters.get("expected")),
        statistics,
        !Boolean.FALSE.equals(parameters.get("valid")),
        (int) number(parameters.get(Rows.REVISION)));
  }

  private static Result plain(@Nullable Object value) throws UnreadableMessageException {
    if (value instanceof Number number) {
      return new Result.Measurement(number.doubleValue());
    }
    if (value instanceof Boolean truth) {
      return new Result.Truth(truth);
    }
    if (value instanceof String text) {
      return text.isEmpty() || text.length() > 128
          ? new Result.Text(text)
          : new Result.Category(text);
    }
    List<?> place = Tree.list(Tree.object(value).get("coordinates"));
    if (place.size() < 2) {
      throw new UnreadableMessageException("a result is a number, truth, text or point");
    }
    return new Result.Position(
        number(place.get(1)),
        number(place.get(0)),
        place.size() > 2 ? Double.valueOf(number(place.get(2))) : null);
  }

  private static double number(@Nullable Object value) throws UnreadableMessageException {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw new UnreadableMessageException("a number was expected, not '" + value + "'");
  }
}
