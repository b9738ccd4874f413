package city.mycelium.tls;

import java.io.Serial;

/** A connection cannot even be tried: a file is missing or wrong. The message is for a person. */
public final class SetupException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  public SetupException(String message) {
    super(message);
  }

  public SetupException(String message, Throwable cause) {
    super(message, cause);
  }
}
