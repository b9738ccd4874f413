package city.mycelium.driver.lorawan.internal.tls;

import java.io.Serial;

/** A PEM file is missing or is not what it must be. The message is for a person. */
public final class PemException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  PemException(String message, Throwable cause) {
    super(message, cause);
  }

  PemException(String message) {
    super(message);
  }
}
