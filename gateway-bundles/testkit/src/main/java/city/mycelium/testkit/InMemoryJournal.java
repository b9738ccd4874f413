package city.mycelium.testkit;

import city.mycelium.api.journal.Accounts;
import city.mycelium.api.journal.Accounts.Account;
import city.mycelium.api.journal.Advance;
import city.mycelium.api.journal.Cursor;
import city.mycelium.api.journal.Draft;
import city.mycelium.api.journal.Durability;
import city.mycelium.api.journal.Journal;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.Predecessor;
import city.mycelium.api.journal.Receipt;
import city.mycelium.api.journal.StateChange;
import city.mycelium.api.journal.StateStore;
import city.mycelium.api.journal.Tally;
import city.mycelium.api.journal.TallySheet;
import city.mycelium.api.observation.DatastreamId;
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
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;

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

  /** Every Observation that was ever accepted; the one with offset 1 first. */
  private final List<Observation> accepted = new ArrayList<>();

  /** What {@link #crowdOut} has removed, be it removed from the front since or not. */
  private final NavigableSet<Long> crowdedOut = new TreeSet<>();

  private final NavigableMap<String, Account> cursors = new TreeMap<>(BY_UTF8);
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
    while (removedTo < lastOffset() && at(removedTo + 1).receivedAt() < olderThanEpochMillis) {
      removedTo++;
    }
    cursors.replaceAll((name, account) -> movedPast(account));
  }

  /** Removes what lies between, as the disk budget does with raw data that is summed up. */
  public synchronized void crowdOut(OffsetRange offsets) {
    LongStream.rangeClosed(Math.max(removedTo + 1, offsets.first()), offsets.last())
        .forEach(crowdedOut::add);
  }

  private Account movedPast(Account account) {
    if (account.position() >= removedTo) {
      return account;
    }
    TallySheet tally = account.tally();
    for (long offset = account.position() + 1; offset <= removedTo; offset++) {
      tally = tally.plus(TallySheet.of(at(offset).datastream(), whyGone(offset)));
    }
    return new Account(removedTo, tally);
  }

  private Tally whyGone(long offset) {
    return crowdedOut.contains(offset) ? Tally.crowdedOut(1) : Tally.expired(1);
  }

  private Observation at(long offset) {
    return accepted.get((int) (offset - 1));
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
  public List<Predecessor> predecessors() {
    return List.of();
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
      Account account = account(step.cursor());
      if (account.position() != step.from()) {
        return conflict(step, "is at " + account.position() + ", not " + step.from());
      }
      if (!step.gone().stream().allMatch(range -> isGoneWithin(range, step))) {
        return conflict(step, "would pass over offsets as gone that are there");
      }
      if (!step.recovered().entrySet().stream()
          .allMatch(e -> account.tally().of(e.getKey()).refused() >= e.getValue())) {
        return conflict(step, "never tallied as refused what is said to be recovered");
      }
      cursors.put(step.cursor(), new Account(step.to(), tallied(account.tally(), step)));
      apply(step.changes());
      receipt = keep(step.derived());
    }
    return done(receipt);
  }

  private boolean isGoneWithin(OffsetRange range, Advance step) {
    return range.first() > step.from()
        && range.last() <= step.to()
        && LongStream.rangeClosed(range.first(), range.last()).allMatch(crowdedOut::contains);
  }

  private static <T> CompletableFuture<T> conflict(Advance step, String why) {
    return CompletableFuture.failedFuture(
        new JournalException(
            JournalException.Reason.CONFLICT, "cursor " + step.cursor() + " " + why));
  }

  private TallySheet tallied(TallySheet before, Advance step) {
    TallySheet sheet = before.plus(step.tally());
    for (OffsetRange gone : step.gone()) {
      for (long offset = gone.first(); offset <= gone.last(); offset++) {
        sheet = sheet.plus(TallySheet.of(at(offset).datastream(), whyGone(offset)));
      }
    }
    Map<DatastreamId, Tally> rows = new TreeMap<>(sheet.byDatastream());
    step.recovered()
        .forEach(
            (datastream, count) -> rows.computeIfPresent(datastream, (d, t) -> t.recovered(count)));
    return new TallySheet(rows);
  }

  private Receipt keep(List<Draft> drafts) {
    if (drafts.isEmpty()) {
      return new Receipt(epoch, null);
    }
    long first = lastOffset() + 1;
    for (Draft draft : drafts) {
      accepted.add(draft.accepted(new Identity(gateway, epoch, lastOffset() + 1)));
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
    return LongStream.rangeClosed(Math.max(after, removedTo) + 1, lastOffset())
        .filter(offset -> !crowdedOut.contains(offset))
        .limit(limit)
        .mapToObj(this::at)
        .toList();
  }

  @Override
  public synchronized long lastOffset() {
    return accepted.size();
  }

  private Account account(String cursor) {
    Account moved = cursors.get(cursor);
    return moved != null ? moved : movedPast(new Account(0, TallySheet.EMPTY));
  }

  @Override
  public synchronized Cursor cursor(String name) {
    Account account = account(name);
    return new Cursor(name, account.position(), account.tally().total());
  }

  @Override
  public synchronized List<Cursor> cursors() {
    return cursors.keySet().stream().map(this::cursor).toList();
  }

  @Override
  public synchronized Accounts accounts() {
    Map<DatastreamId, Long> counts = new TreeMap<>();
    accepted.forEach(observation -> counts.merge(observation.datastream(), 1L, Long::sum));
    return new Accounts(lastOffset(), counts, cursors);
  }

  @Override
  public synchronized long offsetBefore(long receivedAt) {
    return accepted.stream().takeWhile(o -> o.receivedAt() < receivedAt).count();
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
