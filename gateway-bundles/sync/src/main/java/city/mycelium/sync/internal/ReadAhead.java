package city.mycelium.sync.internal;

import city.mycelium.api.journal.Journal;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.OffsetRange;
import java.util.List;

/**
 * Reads the journal in stretches, so that small messages do not cost a read each, whether they go
 * up or down the log. Holds at most so many Observations as it reads at once, whatever the backlog.
 * Owned by its Destination's Scheduler.
 */
final class ReadAhead {

  private final Journal journal;
  private final int atOnce;
  private Stretch held = new Stretch(1, 0, List.of());

  ReadAhead(Journal journal, int atOnce) {
    this.journal = journal;
    this.atOnce = atOnce;
  }

  /**
   * All that the journal has of a range of offsets.
   *
   * @param last less than {@code first} if the range is empty
   */
  record Stretch(long first, long last, List<Observation> observations) {

    boolean contains(long offset) {
      return first <= offset && offset <= last;
    }

    private Stretch part(long from, long to) {
      return new Stretch(from, to, observations.subList(indexOf(from), indexOf(to + 1)));
    }

    /** The place of the first Observation with that offset or a greater one. */
    private int indexOf(long offset) {
      int low = 0;
      int high = observations.size();
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (observations.get(middle).identity().offset() < offset) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }
  }

  /** Reads anew next time: retention may have been there. */
  void forget() {
    held = new Stretch(1, 0, List.of());
  }

  /** A stretch of the range from its front, at least one offset long. */
  Stretch forward(OffsetRange wanted) throws JournalException {
    if (!held.contains(wanted.first())) {
      held = read(wanted.first());
    }
    return held.part(wanted.first(), Math.min(wanted.last(), held.last()));
  }

  /** A stretch of the range from its end, at least one offset long. */
  Stretch backward(OffsetRange wanted) throws JournalException {
    if (!held.contains(wanted.last())) {
      held = read(Math.max(wanted.first(), wanted.last() - atOnce + 1));
    }
    return held.part(Math.max(wanted.first(), held.first()), wanted.last());
  }

  private Stretch read(long from) throws JournalException {
    long durable = journal.lastOffset(); // asked first: what comes between belongs to the next read
    List<Observation> observations = journal.read(from - 1, atOnce);
    boolean isFull = observations.size() == atOnce;
    long last = isFull ? observations.get(atOnce - 1).identity().offset() : durable;
    return new Stretch(from, last, observations).part(from, last);
  }
}
