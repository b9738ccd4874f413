package city.mycelium.api.registry;

import java.io.Serial;

/** A change to the registry was not made; the message says why and what to do. */
public final class RegistryException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  public RegistryException(String message) {
    super(message);
  }

  public RegistryException(String message, Throwable cause) {
    super(message, cause);
  }
}
