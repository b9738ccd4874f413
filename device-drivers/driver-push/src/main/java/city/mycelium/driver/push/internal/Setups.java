package city.mycelium.driver.push.internal;

import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which sensor measures is said in every message and news only when it changes: here is remembered
 * what was said last and kept. After a restart it is said once more. Safe for use by many threads.
 */
final class Setups {

  private static final int REMEMBERED = 2_000;

  private final Map<DatastreamId, Result> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<DatastreamId, Result> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** Those that say something else than what was kept last. */
  synchronized List<Reading> news(List<Reading> setups) {
    return setups.stream()
        .filter(setup -> !setup.result().equals(known.get(setup.channel().datastreamId())))
        .toList();
  }

  /** They are on the medium. */
  synchronized void kept(List<Reading> setups) {
    setups.forEach(setup -> known.put(setup.channel().datastreamId(), setup.result()));
  }
}
