package city.mycelium.dialect.ngsild.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.api.connector.PercentEncoding;
import city.mycelium.api.dialect.Inquiry;
import city.mycelium.api.dialect.Inquiry.Finding;
import city.mycelium.api.dialect.PlatformWords;
import city.mycelium.json.JsonException;
import city.mycelium.json.JsonObject;
import city.mycelium.json.JsonReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks a broker what an entity shows where a value went (ETSI GS CIM 009, 5.7.1 and 6.5.3.1).
 * Without our context a broker answers with terms in full: their last word is looked at. Pure.
 */
record ShownValue(Manner manner, Value value) {

  private static final String JSON = "application/json";

  Inquiry inquiry() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Accept", JSON);
    headers.putAll(EntityWriter.headers(manner));
    Message question =
        Message.get("entities/" + PercentEncoding.of(value.entity(), ":"), JSON).with(headers);
    return new Inquiry(question, this::read);
  }

  private Finding read(Answer.Replied replied) {
    String entity = value.entity();
    if (replied.status() == 404) {
      return new Finding(
          false, "the broker has no " + entity + ": it said that it took it, and does not show it");
    }
    if (!replied.isSuccess()) {
      return new Finding(
          false, "the broker answers " + replied.status() + PlatformWords.of(replied));
    }
    Object attribute;
    try {
      attribute = member(JsonReader.object(replied.body()), value.attribute().name());
    } catch (JsonException e) {
      return new Finding(
          false,
          "the broker answers " + replied.status() + " with what is no entity: is url right?");
    }
    String where = entity + " " + value.attribute().name();
    if (attribute == null) {
      return new Finding(false, "the broker shows no " + where + ": it does not hold it");
    }
    if (manner.keyValues()) {
      return new Finding(
          true,
          "the broker shows " + where + "; in keyValues nothing says which observation it is");
    }
    return shown(
        where, attribute instanceof List<?> all && !all.isEmpty() ? all.get(0) : attribute);
  }

  private Finding shown(String where, @Nullable Object attribute) {
    JsonObject property = JsonObject.orEmpty(attribute);
    Object identity = JsonObject.orEmpty(member(property, Terms.IDENTITY)).get("value");
    if (EntityWriter.text(value.of().observation().identity()).equals(identity)) {
      return new Finding(
          true,
          "the broker holds it: " + where + " bears its identity, value " + property.get("value"));
    }
    Object observedAt = property.get("observedAt");
    return isNewer(observedAt)
        ? new Finding(
            true,
            "the broker holds what came after it: " + where + " was observed at " + observedAt)
        : new Finding(
            false, "the broker shows something older: " + where + " was observed at " + observedAt);
  }

  private boolean isNewer(@Nullable Object observedAt) {
    try {
      return observedAt != null
          && Instant.parse(observedAt.toString()).toEpochMilli() >= value.time().to();
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static @Nullable Object member(JsonObject of, String term) {
    for (Map.Entry<String, ?> each : of.members().entrySet()) {
      String name = each.getKey();
      if (name.equals(term) || name.endsWith("/" + term) || name.endsWith("#" + term)) {
        return each.getValue();
      }
    }
    return null;
  }
}
