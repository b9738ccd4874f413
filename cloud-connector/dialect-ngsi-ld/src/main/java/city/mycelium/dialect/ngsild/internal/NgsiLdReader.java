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
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
      if (!(Tree.read(message.payload()) instanceof List<?> entities)) {
        throw new UnreadableMessageException("a batch is an array of entities");
      }
      for (Object each : entities) {
        entity(Tree.object(each), told);
      }
    } catch (IOException e) {
      throw new UnreadableMessageException("the batch cannot be read: " + e.getMessage(), e);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new UnreadableMessageException("an entity makes no sense: " + e.getMessage(), e);
    }
    return told;
  }

  private void entity(Map<?, ?> entity, List<ToldObservation> told)
      throws UnreadableMessageException {
    String id = text(entity, "id");
    String type = text(entity, "type");
    Map<?, ?> fixed = Tree.object(manner.fixed().get(type));
    for (Map.Entry<?, ?> each : entity.entrySet()) {
      String name = each.getKey().toString();
      if (ABOUT_THE_ENTITY.contains(name) || Terms.isTime(name) || fixed.containsKey(name)) {
        continue;
      }
      if (!manner.keyValues()) {
        attribute(id, name, Tree.object(each.getValue()), told);
      } else if (!name.equals("location") || type.equals("Device")) {
        long at = Instant.parse(text(entity, Terms.time(type))).toEpochMilli();
        told.add(
            new ToldObservation(
                id, name, null, PhenomenonTime.at(at), plain(each.getValue()), null));
      }
    }
  }

  private static void attribute(
      String id, String name, Map<?, ?> attribute, List<ToldObservation> told)
      throws UnreadableMessageException {
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

  private static Result summary(Map<?, ?> attribute) throws UnreadableMessageException {
    TreeMap<Statistic, Double> statistics = new TreeMap<>();
    for (Map.Entry<?, ?> each : Tree.object(under(attribute, Terms.STATISTICS)).entrySet()) {
      statistics.put(new Statistic(each.getKey().toString()), number(each.getValue()));
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
    List<?> place = Tree.list(Tree.object(value).get("coordinates"));
    if (place.size() < 2) {
      throw new UnreadableMessageException("a value is a number, truth, text or point");
    }
    return new Result.Position(
        number(place.get(1)),
        number(place.get(0)),
        place.size() > 2 ? Double.valueOf(number(place.get(2))) : null);
  }

  private static @Nullable Object under(Map<?, ?> attribute, String name) {
    return Tree.object(attribute.get(name)).get("value");
  }

  private static double number(@Nullable Object value) throws UnreadableMessageException {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw new UnreadableMessageException("a number was expected, not '" + value + "'");
  }

  private static String text(Map<?, ?> entity, String name) throws UnreadableMessageException {
    if (entity.get(name) instanceof String text) {
      return text;
    }
    throw new UnreadableMessageException("an entity has no '" + name + "'");
  }
}
