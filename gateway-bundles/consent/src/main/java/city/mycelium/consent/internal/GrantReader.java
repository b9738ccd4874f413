package city.mycelium.consent.internal;

import city.mycelium.api.consent.LocationPrecision;
import city.mycelium.api.observation.PartyId;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads a Grant as the example configuration shows it. */
final class GrantReader {

  private static final String RAW = "raw";
  private static final List<String> KEYS =
      List.of(
          "owner",
          "recipient",
          "datastreams",
          "resolution",
          "personal",
          "until",
          "locationDecimals",
          "purpose");

  private GrantReader() {}

  /**
   * One Grant.
   *
   * @throws RuntimeException of some kind, with a message, if it is not one: what is not understood
   *     grants nothing
   */
  static Grant read(String text) {
    JsonObject object;
    try (JsonParser parser = Json.createParser(new StringReader(text))) {
      parser.next();
      object = parser.getObject();
      if (parser.hasNext()) {
        throw new IllegalArgumentException("something follows the JSON object");
      }
    }
    // A key that is not understood may have been meant as a limit.
    Set<String> unknown = new TreeSet<>(object.keySet());
    unknown.removeAll(KEYS);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(unknown + " mean nothing in a grant; known are " + KEYS);
    }
    return new Grant(
        new PartyId(string(object, "owner")),
        new PartyId(string(object, "recipient")),
        patterns(object),
        resolution(string(object, "resolution")),
        personal(object),
        until(string(object, "until")),
        precision(object),
        string(object, "purpose"));
  }

  private static List<DatastreamPattern> patterns(JsonObject object) {
    if (!(object.get("datastreams") instanceof JsonArray names)) {
      throw new IllegalArgumentException("'datastreams' must be there, as a list of texts");
    }
    List<DatastreamPattern> patterns = new ArrayList<>();
    for (JsonValue name : names) {
      if (!(name instanceof JsonString text)) {
        throw new IllegalArgumentException("'datastreams' holds " + name + ", which is no text");
      }
      patterns.add(new DatastreamPattern(text.getString()));
    }
    return patterns;
  }

  private static Duration resolution(String text) {
    if (text.equals(RAW)) {
      return Duration.ZERO;
    }
    Duration coarsest = Duration.parse(text);
    if (coarsest.isZero() || coarsest.isNegative()) {
      throw new IllegalArgumentException(
          "'resolution' is 'raw', or a length of time such as PT10M, not '" + text + "'");
    }
    return coarsest;
  }

  /** Not said: no. */
  private static boolean personal(JsonObject object) {
    JsonValue value = object.getOrDefault("personal", JsonValue.FALSE);
    if (value != JsonValue.TRUE && value != JsonValue.FALSE) {
      throw new IllegalArgumentException("'personal' must be true or false, without quotes");
    }
    return value == JsonValue.TRUE;
  }

  /** A date is good until it ends, in UTC. */
  private static long until(String text) {
    return text.contains("T")
        ? Instant.parse(text).toEpochMilli()
        : LocalDate.parse(text).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }

  /** Not said: as vague as can be. */
  private static LocationPrecision precision(JsonObject object) {
    if (!object.containsKey("locationDecimals")) {
      return new LocationPrecision(0);
    }
    if (!(object.get("locationDecimals") instanceof JsonNumber decimals)) {
      throw new IllegalArgumentException("'locationDecimals' must be a number, without quotes");
    }
    return new LocationPrecision(decimals.intValueExact());
  }

  private static String string(JsonObject object, String key) {
    if (!(object.get(key) instanceof JsonString text)) {
      throw new IllegalArgumentException("'" + key + "' must be there, as a text in quotes");
    }
    return text.getString();
  }
}
