package city.mycelium.pipeline.internal;

import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.StateChange;
import city.mycelium.api.journal.StateStore;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Source keys that were seen, kept in the state store beside the Observations they came with.
 * Guarded by the pipeline's lock, but for {@link #expired}.
 */
final class SourceKeys {

  private static final String COMPONENT = "pipeline.sourceKeys";
  private static final int PAGE = 500;

  private final StateStore state;
  private final Duration keepFor;

  /** Keys whose submission is being written right now: neither known nor new. */
  private final Map<String, CompletableFuture<?>> inFlight = new HashMap<>();

  SourceKeys(StateStore state, Duration keepFor) {
    this.state = state;
    this.keepFor = keepFor;
  }

  /** The writes that must be over before anything can be said about these keys. */
  List<CompletableFuture<?>> beingWritten(Collection<String> keys) {
    return keys.stream()
        .filter(inFlight::containsKey)
        .<CompletableFuture<?>>map(inFlight::get)
        .toList();
  }

  /** Which of these were seen before. */
  Set<String> known(Collection<String> keys) throws JournalException {
    Set<String> known = new HashSet<>();
    for (String key : keys) {
      if (state.get(COMPONENT, key).isPresent()) {
        known.add(key);
      }
    }
    return known;
  }

  /** To be written together with what came with the key. */
  StateChange remember(String key, long now) {
    return StateChange.put(
        COMPONENT, key, ByteBuffer.allocate(Long.BYTES).putLong(now + keepFor.toMillis()).array());
  }

  void begin(Collection<String> keys, CompletableFuture<?> write) {
    keys.forEach(key -> inFlight.put(key, write));
  }

  void end(Collection<String> keys) {
    keys.forEach(inFlight::remove);
  }

  /**
   * Changes that forget what is older than it need be. Needs no lock: a key is not written anew as
   * long as it is known.
   */
  List<StateChange> expired(long now) throws JournalException {
    List<StateChange> changes = new ArrayList<>();
    String after = "";
    List<StateStore.Entry> page;
    do {
      page = state.scan(COMPONENT, after, PAGE);
      for (StateStore.Entry entry : page) {
        after = entry.key();
        if (ByteBuffer.wrap(entry.value()).getLong() < now) {
          changes.add(StateChange.remove(COMPONENT, entry.key()));
        }
      }
    } while (page.size() == PAGE);
    return changes;
  }
}
