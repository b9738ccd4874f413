package city.mycelium.receiver.internal.http;

import city.mycelium.api.journal.Predecessor;
import city.mycelium.api.observation.Identity;
import city.mycelium.receiver.internal.query.Archive;
import city.mycelium.receiver.internal.query.LedgerQuestion;
import city.mycelium.receiver.internal.query.LedgerQuestion.DestinationLedger;
import city.mycelium.receiver.internal.query.LedgerQuestion.EpochLedger;
import city.mycelium.receiver.internal.query.LedgerQuestion.Held;
import city.mycelium.receiver.internal.store.StoreException;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code /v1/gateways/<gateway>/ledger}: the receiver's half of a gateway's ledger. */
final class LedgerEndpoint implements GatewayEndpoint {

  private final Archive archive;

  LedgerEndpoint(Archive archive) {
    this.archive = archive;
  }

  @Override
  public Answer answer(String gateway, Parameters parameters)
      throws RefusedException, StoreException {
    parameters.allow();
    List<EpochLedger> epochs = archive.ask(new LedgerQuestion(gateway));
    if (epochs.isEmpty()) {
      throw RefusedException.notFound("nothing was ever received from a gateway '" + gateway + "'");
    }
    return Answer.json(
        json -> {
          json.writeStringField("gateway", gateway);
          json.writeArrayFieldStart("epochs");
          for (EpochLedger epoch : epochs) {
            write(json, epoch);
          }
          json.writeEndArray();
        });
  }

  private static void write(JsonGenerator json, EpochLedger epoch) throws IOException {
    json.writeStartObject();
    json.writeStringField("epoch", epoch.epoch());
    json.writeArrayFieldStart("predecessors");
    for (Predecessor predecessor : epoch.predecessors()) {
      json.writeStartObject();
      json.writeStringField("epoch", Identity.epochText(predecessor.epoch()));
      json.writeNumberField("through", predecessor.through());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("stored", epoch.stored());
    json.writeNumberField("duplicatesDropped", epoch.duplicatesDropped());
    json.writeArrayFieldStart("destinations");
    for (DestinationLedger destination : epoch.destinations()) {
      json.writeStartObject();
      json.writeStringField("destination", destination.destination());
      json.writeNumberField("covered", destination.covered().size());
      json.writeNumberField("contiguous", destination.covered().contiguous());
      json.writeNumberField("gaps", destination.covered().gaps());
      json.writeNumberField("dropped", destination.dropped());
      json.writeNumberField("refused", destination.refused());
      json.writeNumberField("messagesRefused", destination.messagesRefused());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("datastreams");
    for (Map.Entry<String, Held> datastream : new TreeMap<>(epoch.datastreams()).entrySet()) {
      json.writeStartObject();
      json.writeStringField("datastream", datastream.getKey());
      json.writeNumberField("stored", datastream.getValue().stored());
      json.writeNumberField("inherited", datastream.getValue().inherited());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
