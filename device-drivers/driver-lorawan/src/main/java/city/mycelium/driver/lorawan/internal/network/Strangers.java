package city.mycelium.driver.lorawan.internal.network;

import city.mycelium.driver.lorawan.internal.network.NetworkSnapshot.Stranger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who speaks here without being ours: the latest of them, so many and no more. Not thread-safe. */
final class Strangers {

  private static final int MOST = 256;

  private final Map<String, Stranger> latest =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Stranger> eldest) {
          return size() > MOST;
        }
      };

  void heard(String name, Refusal why, long epochMillis) {
    Stranger before = latest.get(name);
    latest.put(
        name, new Stranger(name, why, before == null ? 1 : before.frames() + 1, epochMillis));
  }

  /** The latest first. */
  List<Stranger> all() {
    List<Stranger> all = new ArrayList<>(latest.values());
    Collections.reverse(all);
    return all;
  }
}
