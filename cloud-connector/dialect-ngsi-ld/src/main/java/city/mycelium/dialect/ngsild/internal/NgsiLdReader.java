package city.mycelium.dialect.ngsild.internal;

import city.mycelium.api.connector.Message;
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
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads batches back. In the simplified form all values of an entity have the entity's time. */
final class NgsiLdReader implements MessageReader {

  private static final Set<String> ABOUT_THE_ENTITY = Set.of("id", "type", "name", "@context");

  private final Manner manner;

  NgsiLdReader(Manner manner) {
    this.manner = manner;
  }

  @Override
  public List<ToldObservation> read(Message message) throws UnreadableMessageException {
    if (!message.channel().startsWith("entityOperations/upsert")) {
      return List.of();
    }
    List<ToldObservation> told = new ArrayList<>();
    try {
      for (Object each : JsonReader.list(message.payload())) {
        entity(JsonObject.orEmpty(each), told);
      }
    } catch (JsonException e) {
      throw new UnreadableMessageException("the batch cannot be read: " + e.getMessage(), e);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new UnreadableMessageException("an entity makes no sense: " + e.getMessage(), e);
    }
    return told;
  }

  private void entity(JsonObject entity, List<ToldObservation> told)
      throws JsonException, UnreadableMessageException {
    String id = entity.text("id");
    String type = entity.text("type");
    JsonObject fixed = manner.fixed().objectOrEmpty(type);
    for (String name : entity.members().keySet()) {
      if (ABOUT_THE_ENTITY.contains(name) || Terms.isTime(name) || fixed.has(name)) {
        continue;
      }
      if (!manner.keyValues()) {
        attribute(id, name, entity.objectOrEmpty(name), told);
      } else if (!name.equals("location") || type.equals("Device")) {
        long at = Instant.parse(entity.text(Terms.time(type))).toEpochMilli();
        told.add(
            new ToldObservation(
                id, name, null, PhenomenonTime.at(at), plain(entity.get(name)), null));
      }
    }
  }

  private static void attribute(
      String id, String name, JsonObject attribute, List<ToldObservation> told)
      throws JsonException, UnreadableMessageException {
    Object observedAt = attribute.get("observedAt");
    if (observedAt == null) {
      return; // nobody observed it: the place of a station
    }
    Object unit = attribute.get("unitCode");
    Object identity = under(attribute, Terms.IDENTITY);
    told.add(
        new ToldObservation(
            id,
            name,
            unit == null ? null : unit.toString(),
            time(observedAt.toString(), under(attribute, Terms.INTERVAL)),
            under(attribute, Terms.COUNT) == null
                ? plain(attribute.get("value"))
                : summary(attribute),
            identity == null ? null : identity(identity.toString())));
  }

  private static PhenomenonTime time(String observedAt, @Nullable Object interval) {
    if (interval == null) {
      return PhenomenonTime.at(Instant.parse(observedAt).toEpochMilli());
    }
    String[] ends = interval.toString().split("/", -1);
    if (ends.length != 2) {
      throw new IllegalArgumentException("an interval is <from>/<to>, not '" + interval + "'");
    }
    return PhenomenonTime.between(
        Instant.parse(ends[0]).toEpochMilli(), Instant.parse(ends[1]).toEpochMilli());
  }

  private static Identity identity(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException(
          "an identity is <gateway>/<epoch>/<offset>, not '" + text + "'");
    }
    return new Identity(
        new GatewayId(parts[0]), Identity.parseEpoch(parts[1]), Long.parseLong(parts[2]));
  }

  private static Result summary(JsonObject attribute)
      throws JsonException, UnreadableMessageException {
    TreeMap<Statistic, Double> statistics = new TreeMap<>();
    JsonObject told = JsonObject.orEmpty(under(attribute, Terms.STATISTICS));
    for (String name : told.members().keySet()) {
      statistics.put(new Statistic(name), told.number(name));
    }
    return new Result.Summary(
        (long) number(under(attribute, Terms.COUNT)),
        (long) number(under(attribute, Terms.EXPECTED)),
        statistics,
        !Boolean.FALSE.equals(under(attribute, Terms.VALID)),
        (int) number(under(attribute, Terms.REVISION)));
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
      throw new UnreadableMessageException("a value is a number, truth, text or point");
    }
    return new Result.Position(
        number(place.get(1)),
        number(place.get(0)),
        place.size() > 2 ? Double.valueOf(number(place.get(2))) : null);
  }

  private static @Nullable Object under(JsonObject attribute, String name) {
    return attribute.objectOrEmpty(name).get("value");
  }

  private static double number(@Nullable Object value) throws UnreadableMessageException {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw new UnreadableMessageException("a number was expected, not '" + value + "'");
  }
}
