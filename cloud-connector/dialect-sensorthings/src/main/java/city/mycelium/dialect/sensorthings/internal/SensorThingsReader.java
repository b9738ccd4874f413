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
import city.mycelium.json.JsonException;
import city.mycelium.json.JsonObject;
import city.mycelium.json.JsonReader;
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
      Object body = JsonReader.value(message.payload());
      if (isPatch) {
        told.add(observation(message.channel(), JsonObject.orEmpty(body)));
      } else if (body instanceof List<?> arrays) {
        for (Object array : arrays) {
          array(JsonObject.orEmpty(array), told);
        }
      } else {
        throw new UnreadableMessageException("data arrays come in a JSON array");
      }
    } catch (JsonException e) {
      throw new UnreadableMessageException("the message cannot be read: " + e.getMessage(), e);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new UnreadableMessageException("an observation makes no sense: " + e.getMessage(), e);
    }
    return told;
  }

  private static void array(JsonObject array, List<ToldObservation> told)
      throws JsonException, UnreadableMessageException {
    Object id = array.objectOrEmpty("Datastream").get("@iot.id");
    if (id == null) {
      throw new UnreadableMessageException("a data array names no Datastream");
    }
    List<?> components = array.listOrEmpty("components");
    for (Object each : array.listOrEmpty("dataArray")) {
      if (!(each instanceof List<?> cells) || cells.size() != components.size()) {
        throw new UnreadableMessageException("a row has not as many cells as components");
      }
      Map<String, @Nullable Object> row = new LinkedHashMap<>();
      for (int i = 0; i < cells.size(); i++) {
        row.put(String.valueOf(components.get(i)), cells.get(i));
      }
      told.add(observation("Datastreams(" + id + ")", JsonObject.of(row)));
    }
  }

  private static ToldObservation observation(String source, JsonObject row)
      throws JsonException, UnreadableMessageException {
    JsonObject parameters = row.objectOrEmpty(Rows.PARAMETERS);
    Object statistic = parameters.get("statistic");
    return new ToldObservation(
        source,
        statistic == null ? "result" : statistic.toString(),
        null,
        time(String.valueOf(row.get("phenomenonTime"))),
        parameters.has(Rows.REVISION) ? summary(parameters) : plain(row.get("result")),
        new Identity(
            new GatewayId(String.valueOf(parameters.get("gateway"))),
            Identity.parseEpoch(String.valueOf(parameters.get("epoch"))),
            parameters.whole(Rows.OFFSET)));
  }

  private static PhenomenonTime time(String text) {
    String[] ends = text.split("/", 2);
    return PhenomenonTime.between(
        Instant.parse(ends[0]).toEpochMilli(), Instant.parse(ends[ends.length - 1]).toEpochMilli());
  }

  private static Result summary(JsonObject parameters) throws JsonException {
    TreeMap<Statistic, Double> statistics = new TreeMap<>();
    JsonObject told = parameters.objectOrEmpty("statistics");
    for (String name : told.members().keySet()) {
      statistics.put(new Statistic(name), told.number(name));
    }
    return new Result.Summary(
        parameters.whole("count"),
        parameters.whole("expected"),
        statistics,
        !Boolean.FALSE.equals(parameters.get("valid")),
        (int) parameters.number(Rows.REVISION));
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
    List<?> place = JsonObject.orEmpty(value).listOrEmpty("coordinates");
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
