package city.mycelium.dialect.senml;

import city.mycelium.api.journal.Predecessor;
import city.mycelium.api.observation.GatewayId;
import city.mycelium.api.observation.OffsetRange;
import java.util.List;

/**
 * What a data message speaks for, apart from what it holds (docs/wire.md, 3).
 *
 * @param gateway who says it
 * @param epoch of which of its journals
 * @param predecessors epochs that this one goes on from, the latest first; at most {@value
 *     #MAX_PREDECESSORS}
 * @param covers the offsets that it accounts for
 */
public record PackCoverage(
    GatewayId gateway, long epoch, List<Predecessor> predecessors, OffsetRange covers) {

  /** docs/wire.md, 3. */
  public static final int MAX_PREDECESSORS = 100;

  public PackCoverage {
    predecessors = checked(epoch, predecessors);
  }

  /**
   * A list of predecessors that an epoch may have.
   *
   * @throws IllegalArgumentException if it may not
   */
  static List<Predecessor> checked(long epoch, List<Predecessor> predecessors) {
    if (predecessors.size() > MAX_PREDECESSORS) {
      throw new IllegalArgumentException(
          "an epoch names at most "
              + MAX_PREDECESSORS
              + " predecessors, not "
              + predecessors.size());
    }
    if (predecessors.stream().anyMatch(earlier -> earlier.epoch() == epoch)) {
      throw new IllegalArgumentException("an epoch is not its own predecessor");
    }
    return List.copyOf(predecessors);
  }
}
