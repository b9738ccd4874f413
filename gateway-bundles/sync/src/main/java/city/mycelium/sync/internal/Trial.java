package city.mycelium.sync.internal;

import city.mycelium.api.connector.Check;
import city.mycelium.api.dialect.Inquiry;
import java.util.Optional;

/**
 * What came of telling a platform once more what it was told before.
 *
 * @param publish {@code publish}
 * @param isStored whether what proved it says that the platform has stored it, and not only taken
 *     it
 * @param inquiry how it can be asked for it; empty if nothing was told, or it cannot be asked
 */
public record Trial(Check publish, boolean isStored, Optional<Inquiry> inquiry) {

  /** What the layer is called. */
  static final String LAYER = "publish";

  static Trial untried(String why) {
    return new Trial(Check.untried(LAYER, why), false, Optional.empty());
  }

  static Trial failed(String why) {
    return new Trial(new Check(LAYER, false, why), false, Optional.empty());
  }
}
