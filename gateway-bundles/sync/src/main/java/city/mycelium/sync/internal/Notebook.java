package city.mycelium.sync.internal;

import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.StateChange;
import city.mycelium.api.journal.StateStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The small durable state of one Destination. What is written down here goes to the medium with the
 * next transaction, all of it at once. Owned by the Destination's Scheduler.
 */
final class Notebook {

  private static final int AT_ONCE = 100;

  private final StateStore store;
  private final String destination;
  private final Map<Place, StateChange> pending = new LinkedHashMap<>();

  private record Place(String component, String key) {}

  Notebook(StateStore store, String destination) {
    this.store = store;
    this.destination = destination;
  }

  /** The one value of a component, as it is on the medium. */
  Optional<byte[]> get(String component) throws JournalException {
    return store.get(component, destination);
  }

  /** The values of a component that has many, by what follows the Destination's name in the key. */
  Map<String, byte[]> all(String component) throws JournalException {
    Map<String, byte[]> values = new LinkedHashMap<>();
    String prefix = destination + "/";
    String after = prefix;
    while (true) {
      List<StateStore.Entry> entries = store.scan(component, after, AT_ONCE);
      for (StateStore.Entry entry : entries) {
        if (!entry.key().startsWith(prefix)) {
          return values;
        }
        values.put(entry.key().substring(prefix.length()), entry.value());
        after = entry.key();
      }
      if (entries.size() < AT_ONCE) {
        return values;
      }
    }
  }

  void put(String component, byte[] value) {
    note(StateChange.put(component, destination, value));
  }

  void remove(String component) {
    note(StateChange.remove(component, destination));
  }

  void put(String component, String key, byte[] value) {
    note(StateChange.put(component, destination + "/" + key, value));
  }

  void remove(String component, String key) {
    note(StateChange.remove(component, destination + "/" + key));
  }

  private void note(StateChange change) {
    pending.put(new Place(change.component(), change.key()), change);
  }

  boolean isEmpty() {
    return pending.isEmpty();
  }

  /** Takes everything along into a transaction. */
  List<StateChange> take() {
    List<StateChange> changes = new ArrayList<>(pending.values());
    pending.clear();
    return changes;
  }

  /** The transaction failed: what has not been written down anew since waits again. */
  void giveBack(List<StateChange> changes) {
    for (StateChange change : changes) {
      pending.putIfAbsent(new Place(change.component(), change.key()), change);
    }
  }
}
