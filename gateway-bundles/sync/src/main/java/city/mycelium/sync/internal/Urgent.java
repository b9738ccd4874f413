package city.mycelium.sync.internal;

import city.mycelium.api.journal.Journal;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.OffsetRange;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks through what is appended for urgent data, so that it need not wait for its turn. Remembers
 * at most {@value #MOST_WAITING}; what comes beyond that, and what lay further back than {@value
 * #LOOK_BACK} offsets at the start, goes in its turn. Owned by the Destination's Scheduler.
 */
final class Urgent {

  static final int MOST_WAITING = 1_000;
  private static final int LOOK_BACK = 20_000;
  private static final int READ_AT_ONCE = 1_000;

  private final Journal journal;
  private final Globs selection;
  private final Sorter sorter;
  private final int most;
  private final ReadAhead tail;
  private final Map<DatastreamId, Boolean> known = new HashMap<>();
  private final TreeMap<Long, DatastreamId> waiting = new TreeMap<>();
  private long seenTo = -1;

  Urgent(Destination destination, Journal journal, Sorter sorter) {
    this.journal = journal;
    this.sorter = sorter;
    selection = new Globs(destination.policy().urgentSelect());
    most = destination.batchObservations();
    tail = new ReadAhead(journal, READ_AT_ONCE);
  }

  /**
   * Urgent data that should go now.
   *
   * @param overtakes whether it leaves a gap behind
   */
  record Call(OffsetRange covers, boolean overtakes) {}

  int waiting() {
    return waiting.size();
  }

  /** Looks at what was appended since the last look. */
  void look(long position) throws JournalException {
    if (selection.isEmpty()) {
      return;
    }
    long last = journal.lastOffset();
    if (seenTo < 0) {
      seenTo = Math.max(0, last - LOOK_BACK);
    }
    seenTo = Math.max(seenTo, position);
    waiting.headMap(position, true).clear();
    while (seenTo < last) {
      ReadAhead.Stretch stretch = tail.forward(new OffsetRange(seenTo + 1, last));
      for (Observation observation : stretch.observations()) {
        if (waiting.size() < MOST_WAITING && isUrgent(observation.datastream())) {
          waiting.put(observation.identity().offset(), observation.datastream());
        }
      }
      seenTo = stretch.last();
    }
  }

  private boolean isUrgent(DatastreamId id) {
    return known.computeIfAbsent(id, any -> selection.matches(any.value()));
  }

  /**
   * The next, or null if nothing urgent waits.
   *
   * @param taken what has landed above the cursor or is out
   * @param alone whether nothing else may go along: the budget is used up
   */
  @Nullable Call next(long position, Collection<OffsetRange> taken, boolean alone) {
    while (!waiting.isEmpty()) {
      var first = waiting.pollFirstEntry();
      long offset = first.getKey();
      for (OffsetRange gap : Ranges.between(position + 1, journal.lastOffset(), taken)) {
        if (gap.contains(offset) && sorter.goes(first.getValue())) {
          return call(offset, gap, alone);
        }
      }
    }
    return null;
  }

  /** What waits right before it goes along, if that is not a backlog: so no gap is left behind. */
  private Call call(long offset, OffsetRange gap, boolean alone) {
    long from = !alone && offset - gap.first() < most ? gap.first() : offset;
    long to = offset;
    while (to - from + 1 < most && gap.contains(to + 1) && waiting.remove(to + 1) != null) {
      to++;
    }
    return new Call(new OffsetRange(from, to), from > gap.first());
  }
}
