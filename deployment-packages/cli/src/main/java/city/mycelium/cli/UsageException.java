package city.mycelium.cli;

import java.io.Serial;

/** What was typed makes no command; the message says what is wrong. */
final class UsageException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
