package city.mycelium.connector.coap.internal;

import java.io.Serial;

/** A connection cannot even be tried: a file is missing or wrong. The message is for a person. */
final class SetupException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  SetupException(String message) {
    super(message);
  }

  SetupException(String message, Throwable cause) {
    super(message, cause);
  }
}
