package city.mycelium.dialect.senml;

import city.mycelium.api.journal.Predecessor;
import city.mycelium.api.observation.GatewayId;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.observation.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One data message (docs/wire.md, 3): some Observations of one gateway and epoch, and the offsets
 * that it accounts for with them.
 *
 * @param gateway who says it
 * @param epoch of which of its journals
 * @param predecessors epochs that this one goes on from, the latest first: up to where each goes,
 *     the same offsets are the same Observations
 * @param covers accounted for: an offset in it without an entry is not for this recipient, or was
 *     dropped
 * @param dropped how many of them the gateway gave up unsent
 * @param entries in strictly ascending order of their offsets; may be empty
 */
public record SenmlPack(
    GatewayId gateway,
    long epoch,
    List<Predecessor> predecessors,
    OffsetRange covers,
    long dropped,
    List<Entry> entries) {

  /**
   * An Observation with what its Datastream means.
   *
   * @param property name of the observed property, the same in all entries of a Datastream; null if
   *     the sender did not say
   * @param unit unit of every number in it, likewise
   */
  public record Entry(Observation observation, @Nullable String property, @Nullable Unit unit) {}

  public SenmlPack {
    predecessors = PackCoverage.checked(epoch, predecessors);
    entries = List.copyOf(entries);
    if (dropped < 0 || dropped > covers.size() - entries.size()) {
      throw new IllegalArgumentException(
          "a pack that covers "
              + covers.size()
              + " offsets and holds "
              + entries.size()
              + " observations cannot have dropped "
              + dropped);
    }
    long previous = 0;
    for (Entry entry : entries) {
      Identity identity = entry.observation().identity();
      if (identity.epoch() != epoch || !identity.gateway().equals(gateway)) {
        throw new IllegalArgumentException(
            "a pack speaks for one gateway and epoch, not also for " + identity);
      }
      if (identity.offset() <= previous || !covers.contains(identity.offset())) {
        throw new IllegalArgumentException(
            "offset "
                + identity.offset()
                + " after "
                + previous
                + " has no place in a pack that covers "
                + covers.first()
                + ".."
                + covers.last());
      }
      previous = identity.offset();
    }
  }

  /** Of a journal that was begun afresh. */
  public SenmlPack(
      GatewayId gateway, long epoch, OffsetRange covers, long dropped, List<Entry> entries) {
    this(gateway, epoch, List.of(), covers, dropped, entries);
  }

  /** What it speaks for. */
  public PackCoverage coverage() {
    return new PackCoverage(gateway, epoch, predecessors, covers);
  }
}
