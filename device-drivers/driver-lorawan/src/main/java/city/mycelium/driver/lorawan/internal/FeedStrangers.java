package city.mycelium.driver.lorawan.internal;

import city.mycelium.driver.lorawan.internal.radio.Eui;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Devices that feeds bring and nobody has registered: the latest of them. Safe for many threads.
 */
final class FeedStrangers {

  private static final int MOST = 256;

  private final Map<Eui, Stranger> latest =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Eui, Stranger> eldest) {
          return size() > MOST;
        }
      };

  private record Stranger(String where, long frames, long lastHeard) {}

  synchronized void heard(Eui devEui, String where, long epochMillis) {
    Stranger before = latest.get(devEui);
    latest.put(devEui, new Stranger(where, before == null ? 1 : before.frames() + 1, epochMillis));
  }

  synchronized List<Map<String, Object>> rows() {
    List<Map<String, Object>> rows = new ArrayList<>();
    latest.forEach(
        (devEui, stranger) -> {
          Map<String, Object> row = new LinkedHashMap<>();
          row.put("stranger", "DevEUI " + devEui);
          row.put("frames", stranger.frames());
          row.put("lastHeard", Instant.ofEpochMilli(stranger.lastHeard()).toString());
          row.put(
              "why",
              stranger.where()
                  + " brings it, and it is not in the list of devices: mycelium device add"
                  + " --activation feed …");
          rows.add(0, row);
        });
    return rows;
  }
}
