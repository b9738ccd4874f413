package city.mycelium.receiver.internal.http;

import city.mycelium.api.observation.GatewayId;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.dialect.senml.Acknowledgement;
import city.mycelium.receiver.internal.intake.Presence;
import city.mycelium.receiver.internal.query.Archive;
import city.mycelium.receiver.internal.query.GatewaysQuestion;
import city.mycelium.receiver.internal.query.GatewaysQuestion.Counted;
import city.mycelium.receiver.internal.query.GatewaysQuestion.Delivered;
import city.mycelium.receiver.internal.query.GatewaysQuestion.Holding;
import city.mycelium.receiver.internal.store.Route;
import city.mycelium.receiver.internal.store.StoreException;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code /v1/gateways}: what is held of each gateway, and what is missing. */
final class GatewaysEndpoint implements Endpoint {

  private final Archive archive;
  private final Presence presence;

  GatewaysEndpoint(Archive archive, Presence presence) {
    this.archive = archive;
    this.presence = presence;
  }

  @Override
  public Answer answer(Parameters parameters) throws RefusedException, StoreException {
    parameters.allow("audit");
    boolean audit = parameters.oneOf("audit", "false", "true").equals("true");
    Map<String, List<Holding>> ofGateway = new TreeMap<>();
    for (Holding holding : archive.ask(new GatewaysQuestion(audit))) {
      ofGateway.computeIfAbsent(holding.gateway(), gateway -> new ArrayList<>()).add(holding);
    }
    // One that has introduced itself and has nothing to tell yet is a gateway all the same.
    for (Route route : presence.routes()) {
      ofGateway.computeIfAbsent(route.gateway().value(), gateway -> List.of());
    }
    return Answer.json(
        json -> {
          json.writeArrayFieldStart("gateways");
          for (Map.Entry<String, List<Holding>> gateway : ofGateway.entrySet()) {
            json.writeStartObject();
            json.writeStringField("gateway", gateway.getKey());
            writeOnline(json, online(gateway.getKey()));
            json.writeArrayFieldStart("epochs");
            for (Holding holding : gateway.getValue()) {
              epoch(json, holding);
            }
            json.writeEndArray();
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private void epoch(JsonGenerator json, Holding holding) throws IOException {
    json.writeStartObject();
    json.writeStringField("epoch", holding.epoch());
    json.writeNumberField("stored", holding.stored());
    json.writeNumberField("duplicatesDropped", holding.duplicatesDropped());
    Counted counted = holding.counted();
    if (counted != null) {
      json.writeNumberField("counted", counted.identities());
      json.writeNumberField("duplicatesStored", counted.rows() - counted.identities());
    }
    json.writeArrayFieldStart("destinations");
    for (Delivered delivered : holding.deliveries()) {
      destination(json, new GatewayId(holding.gateway()), delivered);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void destination(JsonGenerator json, GatewayId gateway, Delivered delivered)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("destination", delivered.destination());
    writeOnline(json, presence.of(new Route(gateway, delivered.destination())));
    json.writeNumberField("contiguous", delivered.covered().contiguous());
    json.writeArrayFieldStart("above");
    for (OffsetRange range : firstOf(delivered.covered().above())) {
      json.writeStartArray();
      json.writeNumber(range.first());
      json.writeNumber(range.last());
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeNumberField("gaps", delivered.covered().gaps());
    json.writeNumberField("dropped", delivered.dropped());
    json.writeEndObject();
  }

  /** As many as an acknowledgement tells. */
  private static List<OffsetRange> firstOf(List<OffsetRange> ranges) {
    return ranges.subList(0, Math.min(Acknowledgement.MAX_ABOVE, ranges.size()));
  }

  /** Online on any of its routes; empty if none is known. */
  private Optional<Boolean> online(String gateway) {
    return presence.routes().stream()
        .filter(route -> route.gateway().value().equals(gateway))
        .map(presence::of)
        .flatMap(Optional::stream)
        .reduce(Boolean::logicalOr);
  }

  private static void writeOnline(JsonGenerator json, Optional<Boolean> online) throws IOException {
    json.writeFieldName("online");
    if (online.isPresent()) {
      json.writeBoolean(online.get());
    } else {
      json.writeNull();
    }
  }
}
