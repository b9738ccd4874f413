package city.mycelium.aggregation.internal;

import city.mycelium.api.observation.PhenomenonTime;
import java.util.List;

/**
 * Windows to which something belongs that ends in them: a mean of eight hours belongs to the day on
 * which it ends (Directive 2008/50/EC, Annex XI, note to the eight hour mean).
 */
record EndGrid(WindowGrid windows) implements Grid {

  @Override
  public List<PhenomenonTime> of(PhenomenonTime time) {
    return List.of(windows.at(Math.max(time.from(), time.to() - 1)));
  }

  @Override
  public PhenomenonTime after(PhenomenonTime window) {
    return windows.after(window);
  }
}
