package city.mycelium.pipeline.internal;

import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.StateChange;
import city.mycelium.api.journal.StateStore;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Moment;
import city.mycelium.api.time.TrustedTime;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Source keys that were seen, kept in the state store beside the Observations they came with.
 * Guarded by the pipeline's lock, but for {@link #old}.
 */
final class SourceKeys {

  private static final String COMPONENT = "pipeline.sourceKeys";
  private static final int PAGE = 500;

  /** So many keys are remembered by monotonic time as well. */
  private static final int RECENT = 1_000;

  private final StateStore state;
  private final Clock clock;
  private final TrustedTime time;
  private final Duration keepFor;

  /** When a key was first seen in this run, by a clock that never jumps; the oldest go first. */
  private final Map<String, Long> recentNanos =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > RECENT;
        }
      };

  /** Keys whose submission is being written right now: neither known nor new. */
  private final Map<String, CompletableFuture<?>> inFlight = new HashMap<>();

  SourceKeys(StateStore state, Clock clock, TrustedTime time, Duration keepFor) {
    this.state = state;
    this.clock = clock;
    this.time = time;
    this.keepFor = keepFor;
  }

  /** The writes that must be over before anything can be said about these keys. */
  List<CompletableFuture<?>> beingWritten(Collection<String> keys) {
    return keys.stream()
        .filter(inFlight::containsKey)
        .<CompletableFuture<?>>map(inFlight::get)
        .toList();
  }

  /** Which of these mark a repeat. */
  Set<String> known(Map<String, Optional<Duration>> keys) throws JournalException {
    Set<String> known = new HashSet<>();
    for (Map.Entry<String, Optional<Duration>> entry : keys.entrySet()) {
      if (isKnown(entry.getKey(), entry.getValue())) {
        known.add(entry.getKey());
      }
    }
    return known;
  }

  private boolean isKnown(String key, Optional<Duration> repeatsWithin) throws JournalException {
    Optional<byte[]> first = state.get(COMPONENT, key);
    if (first.isEmpty() || repeatsWithin.isEmpty()) {
      return first.isPresent();
    }
    Long firstNanos = recentNanos.get(key);
    long sinceMillis =
        firstNanos == null
            ? millisSince(FirstSeen.decode(first.get()))
            : (clock.monotonicNanos() - firstNanos) / 1_000_000;
    return Math.abs(sinceMillis) < repeatsWithin.get().toMillis();
  }

  /** After a restart of the gateway; where it is not known exactly, not more than it can be. */
  private long millisSince(FirstSeen seen) {
    Moment now = time.now();
    Moment then = seen.moment();
    if (then == null) {
      return clock.epochMillis() - seen.epochMillis();
    }
    if (then.boot().equals(now.boot())) {
      return (now.monotonicNanos() - then.monotonicNanos()) / 1_000_000;
    }
    // The machine has been started since; so it is as long ago as that at least.
    long uptime = now.monotonicNanos() / 1_000_000;
    OptionalLong at = latest(then);
    return at.isPresent() ? Math.max(uptime, clock.epochMillis() - at.getAsLong()) : uptime;
  }

  /** The latest time that a moment can have been; empty as long as it cannot be dated. */
  private OptionalLong latest(Moment moment) {
    return Received.of(time.date(moment)).stream().mapToLong(Received::receivedAt).findFirst();
  }

  /**
   * To be written together with what came with the key.
   *
   * @param undatedAt the moment, if the time is not trusted
   */
  StateChange remember(String key, Optional<Moment> undatedAt) {
    FirstSeen now = undatedAt.map(FirstSeen::at).orElseGet(() -> FirstSeen.at(clock.epochMillis()));
    return StateChange.put(COMPONENT, key, now.encode());
  }

  /** What came with the keys is on the medium. */
  void remembered(Collection<String> keys) {
    for (String key : keys) {
      recentNanos.remove(key); // so that it moves to the end
      recentNanos.put(key, clock.monotonicNanos());
    }
  }

  void begin(Collection<String> keys, CompletableFuture<?> write) {
    keys.forEach(key -> inFlight.put(key, write));
  }

  void end(Collection<String> keys) {
    keys.forEach(inFlight::remove);
  }

  /**
   * Keys that are older than they need be. Reads all of them, and so is not for the lock.
   *
   * @param now a trusted time: keys that are forgotten too early let repeats in
   */
  List<String> old(long now) throws JournalException {
    List<String> old = new ArrayList<>();
    String after = "";
    List<StateStore.Entry> page;
    do {
      page = state.scan(COMPONENT, after, PAGE);
      for (StateStore.Entry entry : page) {
        after = entry.key();
        if (isOld(entry.value(), now)) {
          old.add(entry.key());
        }
      }
    } while (page.size() == PAGE);
    return old;
  }

  /** Changes that forget these keys, but for those that have been seen again meanwhile. */
  List<StateChange> forget(List<String> old, long now) throws JournalException {
    List<StateChange> changes = new ArrayList<>();
    for (String key : old) {
      if (!inFlight.containsKey(key)
          && state.get(COMPONENT, key).filter(value -> isOld(value, now)).isPresent()) {
        changes.add(StateChange.remove(COMPONENT, key));
      }
    }
    return changes;
  }

  private boolean isOld(byte[] firstSeen, long now) {
    FirstSeen seen = FirstSeen.decode(firstSeen);
    Moment moment = seen.moment();
    OptionalLong at = moment == null ? OptionalLong.of(seen.epochMillis()) : latest(moment);
    return at.isPresent() && at.getAsLong() < now - keepFor.toMillis();
  }

  /**
   * When a key was first seen, as it is kept.
   *
   * @param epochMillis if the time was trusted
   * @param moment if it was not
   */
  private record FirstSeen(long epochMillis, @Nullable Moment moment) {

    static FirstSeen at(long epochMillis) {
      return new FirstSeen(epochMillis, null);
    }

    static FirstSeen at(Moment moment) {
      return new FirstSeen(0, moment);
    }

    /** Eight bytes for a time; for a moment eight bytes and the start of the machine. */
    byte[] encode() {
      Moment undated = moment;
      if (undated == null) {
        return ByteBuffer.allocate(Long.BYTES).putLong(epochMillis).array();
      }
      byte[] boot = undated.boot().getBytes(StandardCharsets.UTF_8);
      return ByteBuffer.allocate(Long.BYTES + boot.length)
          .putLong(undated.monotonicNanos())
          .put(boot)
          .array();
    }

    static FirstSeen decode(byte[] bytes) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      long number = buffer.getLong();
      if (!buffer.hasRemaining()) {
        return at(number);
      }
      return at(new Moment(StandardCharsets.UTF_8.decode(buffer.slice()).toString(), number));
    }
  }
}
