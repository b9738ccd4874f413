package city.mycelium.dialect.sparkplug.internal;

import city.mycelium.json.JsonException;
import city.mycelium.json.JsonObject;
import city.mycelium.json.JsonReader;
import java.util.Optional;

/**
 * What a host says of itself (Sparkplug 3.0, 6.4.25: STATE).
 *
 * @param timestamp UTC epoch milliseconds, of its connection
 */
record HostState(boolean online, long timestamp) {

  /** Nothing if these bytes say no such thing. */
  static Optional<HostState> parse(byte[] json) {
    try {
      JsonObject said = JsonReader.object(json);
      HostState state = new HostState(said.truth("online"), said.whole("timestamp"));
      return state.timestamp < 0 ? Optional.empty() : Optional.of(state);
    } catch (JsonException e) { // it is what a stranger sent
      return Optional.empty();
    }
  }
}
