package city.mycelium.bench.platforms;

import city.mycelium.api.dialect.DialectKind;
import java.util.List;
import java.util.ServiceLoader;

/** The dialects that are here. */
final class Dialects {

  private Dialects() {}

  static List<String> names() {
    return all().stream().map(DialectKind::name).sorted().toList();
  }

  static DialectKind named(String name) {
    return all().stream()
        .filter(kind -> kind.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("there is no dialect " + name + " among " + names()));
  }

  private static List<DialectKind> all() {
    return ServiceLoader.load(DialectKind.class).stream().map(ServiceLoader.Provider::get).toList();
  }
}
