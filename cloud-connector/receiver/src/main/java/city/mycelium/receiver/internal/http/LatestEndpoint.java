package city.mycelium.receiver.internal.http;

import city.mycelium.receiver.internal.query.Archive;
import city.mycelium.receiver.internal.query.LatestQuestion;
import city.mycelium.receiver.internal.query.LatestQuestion.Latest;
import city.mycelium.receiver.internal.store.StoreException;
import java.util.Collection;

/** {@code /v1/datastreams/latest}: the newest Observation of each Datastream. */
final class LatestEndpoint implements Endpoint {

  private final Archive archive;

  LatestEndpoint(Archive archive) {
    this.archive = archive;
  }

  @Override
  public Answer answer(Parameters parameters) throws RefusedException, StoreException {
    parameters.allow("gateway");
    Collection<Latest> all =
        archive.ask(new LatestQuestion(parameters.text("gateway").orElse(null)));
    return Answer.json(
        json -> {
          json.writeArrayFieldStart("latest");
          for (Latest latest : all) {
            json.writeStartObject();
            Shapes.datastream(json, latest.datastream());
            json.writeObjectFieldStart("observation");
            Shapes.observation(json, latest.observation());
            json.writeEndObject();
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }
}
