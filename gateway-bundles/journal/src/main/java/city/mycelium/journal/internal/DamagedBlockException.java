package city.mycelium.journal.internal;

import java.io.Serial;

/** Bytes that are not a block of this journal, or no longer: nothing of them was used. */
final class DamagedBlockException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  DamagedBlockException(String message) {
    super(message);
  }

  DamagedBlockException(String message, Throwable cause) {
    super(message, cause);
  }
}
