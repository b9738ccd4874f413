package city.mycelium.api.driver;

import java.io.IOException;
import java.io.Serial;

/**
 * A serial line cannot be opened until somebody changes how this machine or this gateway is set up:
 * a permission, or a second device on the same port. The message says what and how.
 */
public final class SerialSetupException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  public SerialSetupException(String message) {
    super(message);
  }
}
