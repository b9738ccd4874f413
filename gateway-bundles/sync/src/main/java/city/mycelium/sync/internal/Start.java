package city.mycelium.sync.internal;

import city.mycelium.api.journal.Journal;
import city.mycelium.api.journal.JournalException;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * Where a new Destination begins in a journal that was there before it.
 *
 * @param receivedFrom it is given what was received from then on, UTC epoch milliseconds
 */
public record Start(long receivedFrom) {

  /** Everything that the journal still has. */
  public static final Start ALL = new Start(0);

  /** Only what comes from now on. */
  public static final Start NONE = new Start(Long.MAX_VALUE);

  /**
   * Reads {@code all}, {@code none} or an ISO 8601 instant.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  public static Start of(String text) {
    if (text.equals("all")) {
      return ALL;
    }
    if (text.equals("none")) {
      return NONE;
    }
    try {
      return new Start(Instant.parse(text).toEpochMilli());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "history is 'all', 'none' or an instant such as 2026-11-23T12:00:00Z, not '" + text + "'",
          e);
    }
  }

  /** The last offset that lies before it. */
  long before(Journal journal) throws JournalException {
    if (receivedFrom == 0) {
      return 0;
    }
    return receivedFrom == Long.MAX_VALUE
        ? journal.lastOffset()
        : journal.offsetBefore(receivedFrom);
  }
}
