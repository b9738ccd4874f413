package city.mycelium.journal.internal;

import city.mycelium.api.journal.JournalException;
import java.sql.SQLException;

/** Something that waits to become part of a commit. */
sealed interface Work permits AppendWork, AdvanceWork, StateWork, RetainWork, FlushWork {

  /** How many observations and changes it holds in memory while it waits. */
  int weight();

  /** Whether it has to be committed at once, with whatever else waits. */
  boolean urgent();

  /**
   * Does its part within the transaction.
   *
   * @return tells whoever waits; to be run once the transaction is committed
   */
  Runnable apply(Transaction transaction) throws SQLException;

  /** Tells whoever waits that nothing of it was done. */
  void fail(JournalException why);
}
