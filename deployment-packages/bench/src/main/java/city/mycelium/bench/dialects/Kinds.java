package city.mycelium.bench.dialects;

import city.mycelium.api.dialect.DialectKind;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/** Every dialect that there is: found by being there. */
final class Kinds {

  private Kinds() {}

  /** By name. */
  static SortedMap<String, DialectKind> all() {
    SortedMap<String, DialectKind> kinds = new TreeMap<>();
    ServiceLoader.load(DialectKind.class).forEach(kind -> kinds.put(kind.name(), kind));
    return kinds;
  }

  static DialectKind named(String name) {
    DialectKind kind = all().get(name);
    if (kind == null) {
      throw new IllegalArgumentException("there is no dialect '" + name + "'");
    }
    return kind;
  }
}
