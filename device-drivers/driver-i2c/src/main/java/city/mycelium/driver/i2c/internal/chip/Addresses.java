package city.mycelium.driver.i2c.internal.chip;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/** Where a chip can be, in an order: {@link Set#of} has none, and the first is the usual one. */
public final class Addresses {

  private Addresses() {}

  /** These, the usual one first. */
  public static Set<Integer> of(int... addresses) {
    Set<Integer> inOrder = new LinkedHashSet<>();
    for (int address : addresses) {
      inOrder.add(address);
    }
    return Collections.unmodifiableSet(inOrder);
  }
}
