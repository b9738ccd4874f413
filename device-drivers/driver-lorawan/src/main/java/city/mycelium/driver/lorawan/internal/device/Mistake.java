package city.mycelium.driver.lorawan.internal.device;

import java.io.Serial;

/**
 * A mistake in a file that a person wrote: where it is, what it is, and what to do. Never holds
 * what stands where a key belongs.
 */
public final class Mistake extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  private final int line;

  /**
   * A mistake.
   *
   * @param line where, from 1; 0 if it is no single line
   * @param what what is wrong and what to do
   */
  public Mistake(int line, String what) {
    super(line > 0 ? "line " + line + ": " + what : what);
    this.line = line;
  }

  public int line() {
    return line;
  }

  /** For a person, with the line in front. */
  public String words() {
    return String.valueOf(getMessage());
  }
}
