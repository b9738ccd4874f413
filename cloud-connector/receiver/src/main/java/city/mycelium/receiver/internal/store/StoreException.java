package city.mycelium.receiver.internal.store;

import java.io.Serial;

/** A database did not do what was asked; the message says so to a person. */
public final class StoreException extends Exception {

  /** What the caller can do. */
  public enum Reason {
    /** The database is away, full or refuses to work: the same again, later. */
    UNAVAILABLE,
    /** The database will never take this content: without it, the rest goes in. */
    CONTENT
  }

  @Serial private static final long serialVersionUID = 1L;

  private final Reason reason;

  public StoreException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
