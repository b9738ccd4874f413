package city.mycelium.driver.lorawan.internal.guard;

import java.io.Serial;

/** Something that a stranger sent cannot be used. The message says why, for a person. */
public final class RefusedException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  public RefusedException(String message) {
    super(message);
  }

  public RefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
