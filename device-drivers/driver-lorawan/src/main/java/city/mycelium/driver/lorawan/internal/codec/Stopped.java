package city.mycelium.driver.lorawan.internal.codec;

import java.io.Serial;

/**
 * A script has gone over a limit. An Error, because Rhino gives a script's own {@code catch} no
 * other kind of throwable to see nothing of.
 */
public final class Stopped extends Error {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * The end of a run.
   *
   * @param message what it did too much of, and what that means, for a person
   */
  public Stopped(String message) {
    super(message, null, false, false);
  }
}
