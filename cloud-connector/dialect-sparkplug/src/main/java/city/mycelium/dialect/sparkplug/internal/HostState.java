package city.mycelium.dialect.sparkplug.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;

/**
 * What a host says of itself (Sparkplug 3.0, 6.4.25: STATE).
 *
 * @param timestamp UTC epoch milliseconds, of its connection
 */
record HostState(boolean online, long timestamp) {

  private static final JsonFactory JSON = new JsonFactory();

  /** Nothing if these bytes say no such thing. */
  static Optional<HostState> parse(byte[] json) {
    Boolean online = null;
    Long timestamp = null;
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("online") && value.isBoolean()) {
          online = parser.getBooleanValue();
        } else if (name.equals("timestamp") && value == JsonToken.VALUE_NUMBER_INT) {
          timestamp = parser.getLongValue();
        } else {
          parser.skipChildren();
        }
      }
      return online == null || timestamp == null || timestamp < 0
          ? Optional.empty()
          : Optional.of(new HostState(online, timestamp));
    } catch (IOException | RuntimeException e) { // a parser's own; it is what a stranger sent
      return Optional.empty();
    }
  }
}
