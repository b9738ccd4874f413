package city.mycelium.journal.internal;

import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.JournalException.Reason;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * What waits for the next commit, bounded. Anybody adds; one writer takes groups, each in the order
 * in which it was added. A group is due at once if something in it is urgent or it is large enough,
 * else when its interval is over.
 */
final class CommitQueue {

  private final long groupNanos;
  private final int groupWeight;
  private final int maxWeight;
  private final LongSupplier nanoTime;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<Work> waiting = new ArrayDeque<>();
  private int waitingWeight;

  /** When the oldest of what waits was added; counts only while something does. */
  private long waitingSince;

  /** Of the group that the writer has taken and is not yet done with. */
  private int takenWeight;

  private boolean urgent;
  private boolean closed;

  CommitQueue(JournalOptions options) {
    this(options, System::nanoTime);
  }

  CommitQueue(JournalOptions options, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    groupNanos = options.groupInterval().toNanos();
    groupWeight = options.groupObservations();
    maxWeight = options.maxWaiting();
  }

  /**
   * Adds work.
   *
   * @throws JournalException reason {@code FULL} if too much waits already, {@code CLOSED} after
   *     {@link #close}
   */
  void add(Work work) throws JournalException {
    lock.lock();
    try {
      if (closed) {
        throw new JournalException(
            Reason.CLOSED, "The journal is closed; nothing of this was kept.");
      }
      int held = waitingWeight + takenWeight;
      // Alone, anything goes: what is larger than the bound could else never be written.
      if (held > 0 && work.weight() > maxWeight - held) {
        throw new JournalException(
            Reason.FULL,
            "The journal is busy: "
                + held
                + " observations and changes wait for the disk already, and "
                + maxWeight
                + " may. Nothing of this was kept; send it again in a moment.");
      }
      if (waiting.isEmpty()) {
        waitingSince = nanoTime.getAsLong();
      }
      waiting.add(work);
      waitingWeight += work.weight();
      urgent |= work.urgent();
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until a group is due and takes it, which says that the last one is done with.
   *
   * @return empty once the queue is closed and all of it taken
   */
  List<Work> take() throws InterruptedException {
    lock.lock();
    try {
      takenWeight = 0;
      while (!due()) {
        if (waiting.isEmpty()) {
          changed.await();
        } else {
          changed.awaitNanos(left());
        }
      }
      List<Work> group = List.copyOf(waiting);
      waiting.clear();
      takenWeight = waitingWeight;
      waitingWeight = 0;
      urgent = false;
      return group;
    } finally {
      lock.unlock();
    }
  }

  private boolean due() {
    return closed || urgent || waitingWeight >= groupWeight || (!waiting.isEmpty() && left() <= 0);
  }

  /** How long the oldest may still wait: also what it waited while the writer was busy counts. */
  private long left() {
    return groupNanos - (nanoTime.getAsLong() - waitingSince);
  }

  /** Takes no more; what waits is due now. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }
}
