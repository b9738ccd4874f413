package city.mycelium.aggregation.internal;

import city.mycelium.api.observation.PhenomenonTime;
import java.util.List;

/** Which windows there are. Immutable. */
interface Grid {

  /** The windows into which something of this time falls; never none. */
  List<PhenomenonTime> of(PhenomenonTime time);

  /** The window after this one. */
  PhenomenonTime after(PhenomenonTime window);
}
