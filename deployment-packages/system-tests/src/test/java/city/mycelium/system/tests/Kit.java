package city.mycelium.system.tests;

import city.mycelium.testkit.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An honest kit: posts one value after another, all different, each again and again until it is
 * answered with success; remembers what it was promised. Not thread-safe.
 */
final class Kit {

  private static final int LEAST = 500;

  private final Town town;
  private final List<String> promised = new ArrayList<>();
  private int next = LEAST;

  Kit(Town town) {
    this.town = town;
  }

  /** Posts so many values; returns when the gateway has promised to keep each of them. */
  void post(int count) {
    for (int i = 0; i < count; i++) {
      String value = String.format(Locale.ROOT, "%.2f", next++ / 100.0);
      String line = "paddenstoel,id=kit1 PM25=" + value;
      Await.await("the gateway takes " + line, () -> town.post(line) == 204, Town.PATIENCE);
      promised.add(value);
    }
  }

  /** The values that were answered with success, in the order of posting. */
  List<String> promised() {
    return List.copyOf(promised);
  }
}
