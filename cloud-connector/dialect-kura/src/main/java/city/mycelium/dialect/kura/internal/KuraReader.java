package city.mycelium.dialect.kura.internal;

import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.MessageReader;
import city.mycelium.api.dialect.ToldObservation;
import city.mycelium.api.dialect.UnreadableMessageException;
import city.mycelium.api.observation.GatewayId;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Statistic;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads data messages back; births and wills tell of no Observation. */
final class KuraReader implements MessageReader {

  private final Account account;
  private final PayloadForm form;

  KuraReader(Account account, PayloadForm form) {
    this.account = account;
    this.form = form;
  }

  @Override
  public List<ToldObservation> read(Message message) throws UnreadableMessageException {
    String[] levels = message.channel().split("/", 4);
    if (levels.length < 4
        || !levels[0].equals(account.account())
        || !levels[2].equals(account.app())) {
      return List.of();
    }
    KuraPayload payload = form.read(message.payload());
    Map<String, Object> metrics = payload.metrics();
    try {
      long until = metrics.get("until") instanceof Long later ? later : payload.timestamp();
      return List.of(
          new ToldObservation(
              levels[3],
              metrics.get("property") instanceof String property ? property : "",
              metrics.get("unit") instanceof String unit ? unit : null,
              PhenomenonTime.between(payload.timestamp(), until),
              result(payload),
              identity(metrics)));
    } catch (IllegalArgumentException e) {
      throw new UnreadableMessageException(
          "this is none of our observations: " + e.getMessage(), e);
    }
  }

  private static Result result(KuraPayload payload) throws UnreadableMessageException {
    Map<String, Object> metrics = payload.metrics();
    Object value = metrics.get(MetricsOf.VALUE);
    if (value instanceof Double number) {
      return new Result.Measurement(number);
    }
    if (value instanceof Long whole) {
      return new Result.Counter(whole);
    }
    if (value instanceof Boolean truth) {
      return new Result.Truth(truth);
    }
    if (value instanceof String text) {
      return new Result.Text(text);
    }
    if (metrics.get("count") instanceof Long count
        && metrics.get("revision") instanceof Long revision) {
      TreeMap<Statistic, Double> statistics = new TreeMap<>();
      metrics.forEach(
          (name, each) -> {
            if (name.startsWith(MetricsOf.STATISTIC) && each instanceof Number number) {
              statistics.put(
                  new Statistic(name.substring(MetricsOf.STATISTIC.length())),
                  number.doubleValue());
            }
          });
      return new Result.Summary(
          count,
          metrics.get("expected") instanceof Long expected ? expected : 0,
          statistics,
          !Boolean.FALSE.equals(metrics.get("valid")),
          revision.intValue());
    }
    if (payload.position() != null) {
      return payload.position();
    }
    throw new UnreadableMessageException("the payload has no value, no count and no position");
  }

  private static @Nullable Identity identity(Map<String, Object> metrics) {
    return metrics.get("gateway") instanceof String gateway
            && metrics.get("epoch") instanceof String epoch
            && metrics.get("offset") instanceof Long offset
        ? new Identity(new GatewayId(gateway), Identity.parseEpoch(epoch), offset)
        : null;
  }
}
