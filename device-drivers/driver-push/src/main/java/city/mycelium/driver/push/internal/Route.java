package city.mycelium.driver.push.internal;

import java.util.Set;

/** A path's endpoint, and the methods that it understands. */
record Route(Set<String> methods, Endpoint endpoint) {

  Route {
    methods = Set.copyOf(methods);
  }
}
