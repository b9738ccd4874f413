package city.mycelium.sync.internal;

import city.mycelium.api.journal.Journal;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.observation.Observation;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Reads the journal in runs, so that small messages do not cost a read each. Holds at most {@value
 * #AT_ONCE} Observations, whatever the backlog. Owned by its Destination's Scheduler.
 */
final class ReadAhead {

  private static final int AT_ONCE = 2_000;

  private final Journal journal;
  private final Deque<Observation> ahead = new ArrayDeque<>();
  private long after;

  ReadAhead(Journal journal) {
    this.journal = journal;
  }

  /** Goes to a place: the next Observation is the first one after this offset. */
  void seek(long offset) {
    if (offset != after) {
      ahead.clear();
      after = offset;
    }
  }

  /** The next Observation without taking it, or null at the end. */
  @Nullable Observation peek() throws JournalException {
    if (ahead.isEmpty() && journal.lastOffset() > after) {
      ahead.addAll(journal.read(after, AT_ONCE));
    }
    return ahead.peek();
  }

  /** Takes the one that {@link #peek} showed. */
  void take() {
    Observation taken = ahead.remove();
    after = taken.identity().offset();
  }
}
