package city.mycelium.driver.lorawan.internal.station;

import java.util.List;
import java.util.Map;

/**
 * How the listening to stations is; for people.
 *
 * @param messages that came, good or bad
 * @param refused connections and messages, by reason
 * @param stations those that were connected, by EUI
 */
public record StationsStatus(
    long messages, Map<Refusal, Long> refused, List<StationStatus> stations) {

  public StationsStatus {
    refused = Map.copyOf(refused);
    stations = List.copyOf(stations);
  }
}
