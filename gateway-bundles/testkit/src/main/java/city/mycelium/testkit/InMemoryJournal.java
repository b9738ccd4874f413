package city.mycelium.testkit;

import city.mycelium.api.journal.Advance;
import city.mycelium.api.journal.Cursor;
import city.mycelium.api.journal.Draft;
import city.mycelium.api.journal.Durability;
import city.mycelium.api.journal.Journal;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.Receipt;
import city.mycelium.api.journal.StateChange;
import city.mycelium.api.journal.StateStore;
import city.mycelium.api.journal.Tally;
import city.mycelium.api.observation.GatewayId;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.time.Cancellable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A journal that keeps everything in memory and is done with every request before it returns, on
 * the caller's thread: tests of consumers are deterministic. It obeys the same {@link
 * JournalContract} as the real one, except that it forgets. Safe for use by many threads.
 */
public final class InMemoryJournal implements Journal {

  private static final GatewayId SOME_GATEWAY = new GatewayId("mycelium2testkit2gateway2a");
  private static final long SOME_EPOCH = 0x00c0ffee00c0ffeeL;

  /** Keys sort by their UTF-8 bytes, which is not the order of {@link String#compareTo}. */
  private static final Comparator<String> BY_UTF8 =
      Comparator.comparing(s -> s.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

  private final GatewayId gateway;
  private final long epoch;

  /** All offsets up to this one have been removed by {@link #retain}. */
  private long removedTo;

  private final List<Observation> kept = new ArrayList<>();
  private final NavigableMap<String, Cursor> cursors = new TreeMap<>(BY_UTF8);
  private final Map<String, NavigableMap<String, byte[]>> state = new TreeMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private boolean full;

  /** A journal of some gateway; which one does not matter to the test. */
  public InMemoryJournal() {
    this(SOME_GATEWAY, SOME_EPOCH);
  }

  public InMemoryJournal(GatewayId gateway, long epoch) {
    this.gateway = gateway;
    this.epoch = epoch;
  }

  /** From now on, or no longer, every write fails as on a full disk. */
  public synchronized void setFull(boolean full) {
    this.full = full;
  }

  /** Removes the oldest observations as retention does, as long as they were received before. */
  public synchronized void retain(long olderThanEpochMillis) {
    int count = 0;
    while (count < kept.size() && kept.get(count).receivedAt() < olderThanEpochMillis) {
      count++;
    }
    kept.subList(0, count).clear();
    removedTo += count;
    cursors.replaceAll((name, cursor) -> movedPast(cursor));
  }

  private Cursor movedPast(Cursor cursor) {
    if (cursor.position() >= removedTo) {
      return cursor;
    }
    Tally dropped = new Tally(0, 0, 0, removedTo - cursor.position());
    return new Cursor(cursor.name(), removedTo, cursor.tally().plus(dropped));
  }

  @Override
  public GatewayId gateway() {
    return gateway;
  }

  @Override
  public long epoch() {
    return epoch;
  }

  @Override
  public CompletableFuture<Receipt> append(
      List<Draft> drafts, List<StateChange> changes, Durability durability) {
    Receipt receipt;
    synchronized (this) {
      if (full) {
        return refused();
      }
      apply(changes);
      receipt = keep(drafts);
    }
    return done(receipt);
  }

  @Override
  public CompletableFuture<Receipt> advance(Advance step) {
    Receipt receipt;
    synchronized (this) {
      if (step.to() > lastOffset()) {
        throw new IllegalArgumentException(
            "cursor "
                + step.cursor()
                + " would move to "
                + step.to()
                + ", past the last offset "
                + lastOffset());
      }
      if (full) {
        return refused();
      }
      Cursor cursor = cursor(step.cursor());
      if (cursor.position() != step.from()) {
        return CompletableFuture.failedFuture(
            new JournalException(
                JournalException.Reason.CONFLICT,
                "cursor "
                    + step.cursor()
                    + " is at "
                    + cursor.position()
                    + ", not "
                    + step.from()));
      }
      cursors.put(
          step.cursor(), new Cursor(step.cursor(), step.to(), cursor.tally().plus(step.tally())));
      apply(step.changes());
      receipt = keep(step.derived());
    }
    return done(receipt);
  }

  private Receipt keep(List<Draft> drafts) {
    if (drafts.isEmpty()) {
      return new Receipt(epoch, null);
    }
    long first = lastOffset() + 1;
    for (Draft draft : drafts) {
      kept.add(draft.accepted(new Identity(gateway, epoch, lastOffset() + 1)));
    }
    return new Receipt(epoch, new OffsetRange(first, lastOffset()));
  }

  private void apply(Collection<StateChange> changes) {
    for (StateChange change : changes) {
      NavigableMap<String, byte[]> entries =
          state.computeIfAbsent(change.component(), c -> new TreeMap<>(BY_UTF8));
      byte[] value = change.value();
      if (value == null) {
        entries.remove(change.key());
      } else {
        entries.put(change.key(), value);
      }
    }
  }

  private CompletableFuture<Receipt> done(Receipt receipt) {
    if (receipt.offsets() != null) {
      listeners.forEach(Runnable::run);
    }
    return CompletableFuture.completedFuture(receipt);
  }

  private static <T> CompletableFuture<T> refused() {
    return CompletableFuture.failedFuture(
        new JournalException(JournalException.Reason.FULL, "the test says that the disk is full"));
  }

  @Override
  public synchronized List<Observation> read(long after, int limit) {
    if (after < 0 || limit < 1) {
      throw new IllegalArgumentException(
          "reading needs after >= 0 and limit >= 1, not " + after + " and " + limit);
    }
    long from = Math.max(0, after - removedTo);
    return from >= kept.size()
        ? List.of()
        : List.copyOf(kept.subList((int) from, (int) Math.min(kept.size(), from + limit)));
  }

  @Override
  public synchronized long lastOffset() {
    return removedTo + kept.size();
  }

  @Override
  public synchronized Cursor cursor(String name) {
    Cursor moved = cursors.get(name);
    return moved != null ? moved : movedPast(new Cursor(name, 0, Tally.NONE));
  }

  @Override
  public synchronized List<Cursor> cursors() {
    return List.copyOf(cursors.values());
  }

  @Override
  public StateStore state() {
    return new State();
  }

  @Override
  public Cancellable onAppend(Runnable listener) {
    // A wrapper of its own: the same listener may be added twice and cancelled once.
    Runnable entry = () -> listener.run();
    listeners.add(entry);
    return () -> listeners.remove(entry);
  }

  private final class State implements StateStore {

    @Override
    public Optional<byte[]> get(String component, String key) {
      synchronized (InMemoryJournal.this) {
        return Optional.ofNullable(entries(component).get(key));
      }
    }

    @Override
    public List<Entry> scan(String component, String after, int limit) {
      synchronized (InMemoryJournal.this) {
        return entries(component).tailMap(after, false).entrySet().stream()
            .limit(limit)
            .map(e -> new Entry(e.getKey(), e.getValue()))
            .toList();
      }
    }

    @Override
    public CompletableFuture<Void> write(List<StateChange> changes) {
      synchronized (InMemoryJournal.this) {
        if (full) {
          return refused();
        }
        apply(changes);
      }
      return CompletableFuture.completedFuture(null);
    }

    private NavigableMap<String, byte[]> entries(String component) {
      return state.getOrDefault(component, new TreeMap<>(BY_UTF8));
    }
  }
}
