package city.mycelium.journal.internal.rescue;

import java.io.Serial;

/** The file is not as it was written; the message says in which way. */
public final class DamageException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  public DamageException(String message) {
    super(message);
  }

  public DamageException(String message, Throwable cause) {
    super(message, cause);
  }
}
