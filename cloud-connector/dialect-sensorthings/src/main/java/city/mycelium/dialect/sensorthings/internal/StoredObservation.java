package city.mycelium.dialect.sensorthings.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.Inquiry;
import city.mycelium.api.dialect.Inquiry.Finding;
import city.mycelium.api.dialect.PlatformWords;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.Result;
import city.mycelium.json.JsonException;
import city.mycelium.json.JsonObject;
import city.mycelium.json.JsonReader;
import java.util.List;

/**
 * Asks a server whether it has an Observation, by its identity; one of a window by its window, for
 * a correction takes the place and the identity of the one before. Pure.
 */
final class StoredObservation {

  private StoredObservation() {}

  /**
   * The question, and how its answer is read.
   *
   * @param stream the server's id of the Datastream
   * @param ours which Observations are this gateway's, as a filter
   */
  static Inquiry inquiry(String stream, String ours, Described told) {
    Observation observation = told.observation();
    String which =
        observation.result() instanceof Result.Summary
            ? "parameters/window eq "
                + Paths.quoted(observation.phenomenonTime().toString())
                + " and parameters/offset ge "
                + observation.identity().offset()
            : "parameters/offset eq " + observation.identity().offset();
    Message question =
        Message.get(
            Paths.query(
                "Datastreams(" + stream + ")/Observations",
                ours + " and " + which,
                "&$expand="
                    + Paths.encoded("Datastream($select=name)")
                    + "&$orderby="
                    + Paths.encoded("parameters/offset asc")
                    + "&$top=1"),
            Steps.JSON);
    return new Inquiry(question, StoredObservation::read);
  }

  private static Finding read(Answer.Replied replied) {
    String said = "the platform answers " + replied.status() + PlatformWords.of(replied);
    if (!replied.isSuccess()) {
      return new Finding(false, said);
    }
    JsonObject page;
    try {
      page = JsonReader.object(replied.body());
    } catch (JsonException e) {
      return new Finding(false, said + ", which is no list of Observations: is url right?");
    }
    List<JsonObject> found = page.objectsOrEmpty("value");
    if (found.isEmpty()) {
      return new Finding(
          false,
          "the platform has no Observation of that identity: it said that it took it, and does not"
              + " show it");
    }
    JsonObject observation = found.get(0);
    return new Finding(
        true,
        "the platform holds it: Observation "
            + observation.get("@iot.id")
            + " of Datastream '"
            + observation.objectOrEmpty("Datastream").get("name")
            + "', result "
            + observation.get("result"));
  }
}
