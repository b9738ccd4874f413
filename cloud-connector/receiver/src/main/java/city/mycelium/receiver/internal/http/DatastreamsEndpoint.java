package city.mycelium.receiver.internal.http;

import city.mycelium.receiver.internal.query.Archive;
import city.mycelium.receiver.internal.query.DatastreamsQuestion;
import city.mycelium.receiver.internal.query.StoredDatastream;
import city.mycelium.receiver.internal.store.StoreException;
import java.util.List;

/** {@code /v1/datastreams}: what there is. */
final class DatastreamsEndpoint implements Endpoint {

  private final Archive archive;

  DatastreamsEndpoint(Archive archive) {
    this.archive = archive;
  }

  @Override
  public Answer answer(Parameters parameters) throws RefusedException, StoreException {
    parameters.allow("gateway");
    List<StoredDatastream> datastreams =
        archive.ask(new DatastreamsQuestion(parameters.text("gateway").orElse(null), null));
    return Answer.json(
        json -> {
          json.writeArrayFieldStart("datastreams");
          for (StoredDatastream datastream : datastreams) {
            json.writeStartObject();
            Shapes.datastream(json, datastream);
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }
}
