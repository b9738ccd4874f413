package city.mycelium.dialect.citizen.internal;

import city.mycelium.api.dialect.Described;
import city.mycelium.api.observation.Quality;
import org.jspecify.annotations.Nullable;

/** What both networks ask of a value: they have no word for a doubtful one. */
final class Numbers {

  private Numbers() {}

  /** Why it is not told at all; null if nothing speaks against it. */
  static @Nullable String doubt(String network, Described described) {
    Quality quality = described.observation().quality();
    if (quality == Quality.GOOD) {
      return null;
    }
    return described.datastream().id()
        + (quality == Quality.UNDATED
            ? " was observed at a time that nobody knows exactly; "
            : " is outside of what it can plausibly be; ")
        + network
        + " cannot be told so, and would take it for good";
  }
}
