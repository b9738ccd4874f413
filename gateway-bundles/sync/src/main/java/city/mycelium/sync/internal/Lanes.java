package city.mycelium.sync.internal;

import city.mycelium.api.journal.Journal;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts messages together: the next one in its turn, oldest or newest first, and any one again.
 * Owned by the Destination's Scheduler.
 */
final class Lanes {

  private static final int READ_AT_ONCE = 2_000;

  /**
   * A message covers at most this many times its batch: long stretches of nothing need no haste.
   */
  private static final int COVER_FACTOR = 50;

  /** A try at twice the size that fails costs one message in so many. */
  private static final int TRUST = 32;

  private final Destination destination;
  private final Journal journal;
  private final Sorter sorter;
  private final Clock clock;
  private final Wake wake;
  private final ReadAhead ahead;
  private final ReadAhead again;
  private int batch;
  private int fullOnesTaken;
  private boolean lingering;
  private long lingeringSinceNanos;

  Lanes(Destination destination, Journal journal, Sorter sorter, Clock clock, Wake wake) {
    this.destination = destination;
    this.journal = journal;
    this.sorter = sorter;
    this.clock = clock;
    this.wake = wake;
    batch = destination.batchObservations();
    ahead = new ReadAhead(journal, READ_AT_ONCE);
    again = new ReadAhead(journal, READ_AT_ONCE);
  }

  /**
   * The next message in its turn, or null if there is none yet or it is worth waiting for more.
   *
   * @param taken what has landed above the cursor or is out
   * @param mayOvertake whether newer data may leave a gap behind, where the order asks for it
   */
  @Nullable Cargo next(long position, Collection<OffsetRange> taken, boolean mayOvertake)
      throws JournalException {
    long last = journal.lastOffset();
    List<OffsetRange> gaps = Ranges.between(position + 1, last, taken);
    boolean newestFirst = destination.policy().order() == Order.NEWEST_FIRST && mayOvertake;
    if (newestFirst) {
      Collections.reverse(gaps);
    }
    for (OffsetRange gap : gaps) {
      boolean isGrowing = gap.last() == last;
      if (isGrowing && gap.size() < batch && isWorthWaiting()) {
        continue;
      }
      if (isGrowing) {
        lingering = false;
      }
      sorter.judgeAnew();
      return newestFirst ? newestOf(gap) : oldestOf(gap, ahead);
    }
    if (gaps.isEmpty()) {
      lingering = false;
    }
    return null;
  }

  /** The far end found a message of so many too large: from now on they are smaller. */
  void tooLarge(int observations) {
    batch = Math.max(1, Math.min(batch, observations / 2));
    fullOnesTaken = 0;
  }

  /**
   * The far end took a message of so many. After {@value #TRUST} full ones the next are larger
   * again: it may have been a single Observation that was too large.
   */
  void taken(int observations) {
    if (batch < destination.batchObservations()
        && observations >= batch
        && ++fullOnesTaken == TRUST) {
      batch = Math.min(destination.batchObservations(), 2 * batch);
      fullOnesTaken = 0;
    }
  }

  /** As much of the range as one message takes, from its front. */
  Cargo repeat(OffsetRange range) throws JournalException {
    sorter.judgeAnew();
    return oldestOf(range, again);
  }

  /** Reads again what a flight covers; consent may have changed, retention may have been there. */
  Cargo of(Flight flight) throws JournalException {
    if (flight.carriesNothing()) {
      return Cargo.none(flight.covers());
    }
    sorter.judgeAnew();
    again.forget();
    Sorter.Loading loading = sorter.load(flight.covers().first());
    while (loading.next() <= flight.covers().last()) {
      ReadAhead.Stretch stretch =
          again.forward(new OffsetRange(loading.next(), flight.covers().last()));
      for (Observation observation : stretch.observations()) {
        long offset = observation.identity().offset();
        if (!flight.mayCarry(offset)) {
          loading.leave(observation);
        } else if (flight.mayGoOnCarrying(offset)) {
          loading.take(observation);
        } else {
          loading.keepBack(observation);
        }
      }
      loading.passTo(stretch.last());
    }
    return loading.done();
  }

  private Cargo oldestOf(OffsetRange gap, ReadAhead reader) throws JournalException {
    Sorter.Loading loading = sorter.load(gap.first());
    long most = (long) batch * COVER_FACTOR;
    long last = Math.min(gap.last(), gap.first() + most - 1);
    while (loading.next() <= last) {
      ReadAhead.Stretch stretch = reader.forward(new OffsetRange(loading.next(), last));
      for (Observation observation : stretch.observations()) {
        loading.take(observation);
        if (loading.outgoing() == batch) {
          return loading.done();
        }
      }
      loading.passTo(stretch.last());
    }
    return loading.done();
  }

  private Cargo newestOf(OffsetRange gap) throws JournalException {
    ReadAhead.Stretch stretch = ahead.backward(gap);
    List<Observation> observations = stretch.observations();
    int from = observations.size();
    int outgoing = 0;
    while (from > 0 && outgoing < batch) {
      from--;
      if (sorter.goes(observations.get(from).datastream())) {
        outgoing++;
      }
    }
    // What is gone below the first one goes with the message before it.
    long first = from == 0 ? stretch.first() : observations.get(from).identity().offset();
    Sorter.Loading loading = sorter.load(first);
    observations.subList(from, observations.size()).forEach(loading::take);
    loading.passTo(stretch.last());
    return loading.done();
  }

  private boolean isWorthWaiting() {
    long now = clock.monotonicNanos();
    if (!lingering) {
      lingering = true;
      lingeringSinceNanos = now;
    }
    long left = destination.linger().toNanos() - (now - lingeringSinceNanos);
    if (left > 0) {
      wake.after(Duration.ofNanos(left));
    }
    return left > 0;
  }
}
