package city.mycelium.receiver.internal.http;

import city.mycelium.receiver.internal.query.Archive;
import city.mycelium.receiver.internal.query.RefusalsQuestion;
import city.mycelium.receiver.internal.query.RefusalsQuestion.Refusal;
import city.mycelium.receiver.internal.store.StoreException;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** {@code /v1/gateways/<gateway>/refusals}: what was sent and can never be taken, and why. */
final class RefusalsEndpoint implements GatewayEndpoint {

  private final Archive archive;

  RefusalsEndpoint(Archive archive) {
    this.archive = archive;
  }

  @Override
  public Answer answer(String gateway, Parameters parameters)
      throws RefusedException, StoreException {
    parameters.allow();
    List<Refusal> refusals = archive.ask(new RefusalsQuestion(gateway));
    return Answer.json(
        json -> {
          json.writeArrayFieldStart("refusals");
          for (Refusal refusal : refusals) {
            write(json, refusal);
          }
          json.writeEndArray();
        });
  }

  private static void write(JsonGenerator json, Refusal refusal) throws IOException {
    json.writeStartObject();
    json.writeStringField("epoch", refusal.epoch());
    json.writeStringField("destination", refusal.destination());
    json.writeNumberField("from", refusal.offsets().first());
    json.writeNumberField("to", refusal.offsets().last());
    json.writeStringField("why", refusal.why());
    json.writeNumberField("times", refusal.times());
    json.writeStringField(
        "firstAt", Instant.ofEpochMilli(refusal.sample().receivedAt()).toString());
    json.writeStringField("lastAt", Instant.ofEpochMilli(refusal.lastAt()).toString());
    json.writeStringField("mediaType", refusal.sample().mediaType());
    json.writeNumberField("bytes", refusal.sample().bytes());
    json.writeStringField("head", refusal.sample().head());
    json.writeEndObject();
  }
}
