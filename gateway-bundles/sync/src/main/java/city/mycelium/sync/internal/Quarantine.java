package city.mycelium.sync.internal;

import city.mycelium.api.journal.JournalException;
import city.mycelium.api.observation.OffsetRange;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one platform did not take. Holds at most {@value #MAX_REFUSALS} messages, {@value #MAX_GAPS}
 * of them as gaps at the far end; what is refused beyond that is tallied all the same, but cannot
 * be tried again by hand. Owned by the Destination's Scheduler.
 */
final class Quarantine {

  /** So many lie here at most. */
  static final int MAX_REFUSALS = 200;

  /** An acknowledgement tells at most 100 ranges (docs/wire.md, 4): gaps must not use them up. */
  static final int MAX_GAPS = 30;

  private final Notebook notebook;
  private final TreeMap<Long, Refusal> refusals = new TreeMap<>();

  Quarantine(Notebook notebook) {
    this.notebook = notebook;
  }

  void load() throws JournalException {
    refusals.clear();
    notebook.all(Refusal.STATE).values().stream().map(Refusal::of).forEach(this::put);
  }

  private void put(Refusal refusal) {
    refusals.put(refusal.id(), refusal);
  }

  /** Whether another message can be left as a gap. */
  boolean hasRoomForAGap() {
    return isOpen() && refusals.values().stream().filter(Refusal::isGap).count() < MAX_GAPS;
  }

  boolean isOpen() {
    return refusals.size() < MAX_REFUSALS;
  }

  /** Sets aside; it goes to the medium with the piece that it belongs to. */
  void admit(Refusal refusal) {
    put(refusal);
  }

  Collection<Refusal> all() {
    return refusals.values();
  }

  Optional<Refusal> find(long id) {
    return Optional.ofNullable(refusals.get(id));
  }

  /** The one that was in a message of that range. */
  Optional<Refusal> of(OffsetRange covers) {
    return refusals.values().stream().filter(refusal -> refusal.covers().equals(covers)).findAny();
  }

  /** What lies in these ranges was not refused after all. */
  void forget(Collection<OffsetRange> ranges) {
    for (OffsetRange range : ranges) {
      List.copyOf(refusals.values()).stream()
          .filter(refusal -> Ranges.isWithin(refusal.covers(), range))
          .forEach(
              refusal -> {
                refusals.remove(refusal.id());
                refusal.noteRemoval(notebook);
              });
    }
  }

  /** What the far end lacks because it would not take it. */
  List<OffsetRange> gaps() {
    return refusals.values().stream().filter(Refusal::isGap).map(Refusal::covers).toList();
  }

  /** Gaps that an acknowledgement of this range closes. */
  List<Refusal> gapsWithin(OffsetRange range) {
    return refusals.values().stream()
        .filter(refusal -> refusal.isGap() && Ranges.isWithin(refusal.covers(), range))
        .toList();
  }

  void replace(Refusal refusal) {
    put(refusal);
    refusal.note(notebook);
  }

  /** It has been settled, also on the medium. */
  void settled(Refusal refusal) {
    refusals.remove(refusal.id());
  }
}
