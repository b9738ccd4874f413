package city.mycelium.dialect.ngsild.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.dialect.PlatformWords;
import city.mycelium.json.JsonException;
import city.mycelium.json.JsonObject;
import city.mycelium.json.JsonReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What became of the entities of a batch (ETSI GS CIM 009, 5.2.16 BatchOperationResult): each
 * problem comes as the standard has it, or under the names that Scorpio 5 uses.
 *
 * @param success ids
 * @param errors by id
 */
record BatchResult(Set<String> success, Map<String, Problem> errors) {

  /** Why one entity was not taken. */
  record Problem(int status, String why) {
    /** The entity itself is at fault, so it helps nobody to send it again. */
    boolean isForGood() {
      return status == 400 || status == 415 || status == 422;
    }
  }

  /** The one in an answer; nothing if it is none. */
  static Optional<BatchResult> of(Answer.Replied replied) {
    JsonObject result;
    try {
      result = JsonReader.object(replied.body());
    } catch (JsonException e) {
      return Optional.empty();
    }
    if (!result.has("errors")) {
      return Optional.empty();
    }
    Set<String> success = new HashSet<>();
    result.listOrEmpty("success").forEach(id -> success.add(String.valueOf(id)));
    Map<String, Problem> errors = new HashMap<>();
    for (JsonObject error : result.objectsOrEmpty("errors")) {
      errors.put(
          String.valueOf(error.get(error.has("entityId") ? "entityId" : "id")),
          problem(error.objectOrEmpty(error.has("error") ? "error" : "ProblemDetails")));
    }
    return Optional.of(new BatchResult(success, errors));
  }

  private static Problem problem(JsonObject problem) {
    int status = problem.get("status") instanceof Number number ? number.intValue() : 0;
    Object title = problem.get("title");
    Object detail = problem.get("detail");
    String words = (title == null ? "" : " " + title) + (detail == null ? "" : ": " + detail);
    return new Problem(
        status,
        "the broker says "
            + (status == 0 ? "no" : Integer.toString(status))
            + (words.length() > 300 ? words.substring(0, 300) + "…" : words));
  }

  /** Whether a broker could not fetch the terms it was pointed to (5.5.7). */
  static boolean isAboutContext(Answer.Replied replied) {
    String words = PlatformWords.of(replied);
    return words.contains("LdContextNotAvailable") || words.contains("@context");
  }
}
