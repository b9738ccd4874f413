package city.mycelium.api.journal;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Small durable key-values per component. Written alone here, or together with Observations through
 * {@link Journal#append} and {@link Journal#advance}. Safe for use by many threads; reads see only
 * what is committed.
 */
public interface StateStore {

  /**
   * The value of a key.
   *
   * @throws JournalException if the medium fails
   */
  Optional<byte[]> get(String component, String key) throws JournalException;

  /**
   * The entries of a component whose key is greater than the given one, in the order of their keys.
   *
   * @param after exclusive; empty for the beginning
   * @param limit at most this many
   * @throws JournalException if the medium fails
   */
  List<Entry> scan(String component, String after, int limit) throws JournalException;

  /** Writes all changes or none; completes when they are synced, fails with JournalException. */
  CompletableFuture<Void> write(List<StateChange> changes);

  /** A key with its value. */
  @SuppressWarnings("ArrayRecordComponent") // handed to one reader; compared by nobody
  record Entry(String key, byte[] value) {}
}
