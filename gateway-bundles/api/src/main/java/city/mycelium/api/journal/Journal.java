package city.mycelium.api.journal;

import city.mycelium.api.observation.GatewayId;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.time.Cancellable;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The append-only log of Observations with named cursors. Offsets run from 1 without holes within
 * the {@link #epoch()}. Safe for use by many threads.
 */
public interface Journal {

  /** Which gateway this is. */
  GatewayId gateway();

  /** The epoch of this journal; see {@link city.mycelium.api.observation.Identity}. */
  long epoch();

  /** The epochs that this one goes on from, the latest first; none for a journal begun afresh. */
  List<Predecessor> predecessors();

  /**
   * Appends drafts and writes state, all or nothing.
   *
   * @return completes, on the journal's thread, whose dependents must return at once, when as
   *     durable as asked; fails with {@link JournalException}, and then nothing was kept
   */
  CompletableFuture<Receipt> append(
      List<Draft> drafts, List<StateChange> changes, Durability durability);

  /**
   * Observations with an offset greater than the given one, in the order of their offsets.
   *
   * @param after exclusive; 0 for the beginning. What was removed is skipped, at the front as well
   *     as between: raw data that is summed up already may go before what surrounds it.
   * @param limit at most this many, at least 1
   * @throws IllegalArgumentException if one of the two is less
   * @throws JournalException if the medium fails
   */
  List<Observation> read(long after, int limit) throws JournalException;

  /** The greatest offset that is durable; 0 if there is none. */
  long lastOffset();

  /**
   * A consumer's cursor; one that was never moved stands at 0. Where retention removes what a
   * cursor has not yet passed, moved before or not, it is moved past it and the offsets are tallied
   * as dropped; so no consumer has to account for what is gone.
   *
   * @throws JournalException if the medium fails
   */
  Cursor cursor(String name) throws JournalException;

  /**
   * Every cursor that was ever moved, by name.
   *
   * @throws JournalException if the medium fails
   */
  List<Cursor> cursors() throws JournalException;

  /**
   * Moves a cursor and appends what was derived, all or nothing.
   *
   * @return completes when synced; fails with {@link JournalException}, reason {@code CONFLICT} if
   *     the cursor was not at {@link Advance#from()}
   * @throws IllegalArgumentException if it would move past {@link #lastOffset()}
   */
  CompletableFuture<Receipt> advance(Advance step);

  /**
   * What was accepted and what became of it, as of one moment, also right after a crash.
   *
   * @throws JournalException if the medium fails
   */
  Accounts accounts() throws JournalException;

  /**
   * Where the data of a time begins: everything up to the returned offset was received before it.
   *
   * @param receivedAt UTC epoch milliseconds
   * @return an offset to read after; 0 for the beginning
   * @throws JournalException if the medium fails
   */
  long offsetBefore(long receivedAt) throws JournalException;

  /** Small durable state beside the log. */
  StateStore state();

  /**
   * Calls the listener after every commit that appended something, on the journal's thread; it must
   * return at once.
   */
  Cancellable onAppend(Runnable listener);
}
