package city.mycelium.receiver.internal.intake;

import city.mycelium.receiver.internal.store.Arrival;
import city.mycelium.receiver.internal.store.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which gateways are online, as their status tells. Kept in memory only: the broker retains every
 * status and repeats it whenever the receiver connects. Safe for use by many threads.
 */
public final class Presence {

  private final Map<Route, Boolean> online = new ConcurrentHashMap<>();

  void heard(Arrival.Introduction introduction) {
    online.put(introduction.route(), introduction.content().online());
  }

  /** Nobody can be heard any more: what was known may have changed. */
  public void forgetAll() {
    online.clear();
  }

  /** Whether a gateway is online on this route; empty if that is not known. */
  public Optional<Boolean> of(Route route) {
    return Optional.ofNullable(online.get(route));
  }

  /** Every route that was heard of, by gateway and destination. */
  public List<Route> routes() {
    return online.keySet().stream().sorted().toList();
  }
}
