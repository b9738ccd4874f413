package city.mycelium.api.journal;

import java.io.Serial;

/** The journal could not do what was asked; nothing of it was done. */
public final class JournalException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  /** What the caller can act on. */
  public enum Reason {
    /** No space is left: free some, then try again. */
    FULL,
    /** The medium or the file fails: look at the disk. */
    STORAGE,
    /** What was written has changed: it is being set aside and salvaged; a new epoch follows. */
    DAMAGED,
    /** Another process has this journal open, or it is closed. */
    CLOSED,
    /** A cursor was not where the caller thought: read it again. */
    CONFLICT
  }

  private final Reason reason;

  public JournalException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public JournalException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
