package city.mycelium.receiver.internal.http;

import city.mycelium.receiver.internal.Tally;
import city.mycelium.receiver.internal.query.Archive;
import city.mycelium.receiver.internal.store.StoreException;
import org.jspecify.annotations.Nullable;

/** {@code /health}: 200 if data comes in and is stored, 503 if it does not, with the reason. */
final class HealthEndpoint implements Endpoint {

  private final Archive archive;
  private final Tally tally;

  HealthEndpoint(Archive archive, Tally tally) {
    this.archive = archive;
    this.tally = tally;
  }

  @Override
  public Answer answer(Parameters parameters) throws RefusedException {
    parameters.allow();
    String database = databaseTrouble();
    String broker = tally.brokerTrouble();
    boolean well = database == null && broker == null;
    return Answer.json(
        well ? 200 : 503,
        "application/json",
        json -> {
          json.writeStringField("status", well ? "ok" : "trouble");
          json.writeStringField("broker", broker == null ? "connected" : broker);
          json.writeStringField("database", database == null ? "ok" : database);
          json.writeObjectFieldStart("sinceStart");
          json.writeNumberField("commits", tally.commits());
          json.writeNumberField("stored", tally.stored());
          json.writeNumberField("duplicatesDropped", tally.duplicatesDropped());
          json.writeNumberField("messagesRefused", tally.messagesRefused());
          json.writeEndObject();
        });
  }

  /** What the intake has met, or else what a question to the database meets now. */
  private @Nullable String databaseTrouble() {
    String known = tally.databaseTrouble();
    if (known != null) {
      return known;
    }
    try {
      archive.ask(connection -> connection.createStatement().execute("SELECT 1"));
      return null;
    } catch (StoreException e) {
      return e.getMessage();
    }
  }
}
