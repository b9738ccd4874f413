package city.mycelium.driver.lorawan.internal.codec;

import java.io.Serial;

/** A script cannot run here; the message says where, why, and what to do. */
public final class CodecException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  private final int line;

  /**
   * The refusal of a script.
   *
   * @param line where, from 1; 0 if it is no single line
   */
  public CodecException(String message, int line) {
    super(message);
    this.line = line;
  }

  public int line() {
    return line;
  }
}
