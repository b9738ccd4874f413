package city.mycelium.api.control;

import java.io.Serial;

/** A command was not done; the message says why and what to do. */
public final class CommandException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  public CommandException(String message) {
    super(message);
  }

  public CommandException(String message, Throwable cause) {
    super(message, cause);
  }
}
