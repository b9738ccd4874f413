package city.mycelium.journal.internal;

import java.io.Serial;
import java.sql.SQLException;

/** SQLite gave an answer, but not one that was ever written. */
final class DamagedFileException extends SQLException {

  @Serial private static final long serialVersionUID = 1L;

  DamagedFileException(String message) {
    super(message);
  }

  DamagedFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
