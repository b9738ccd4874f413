package city.mycelium.driver.lorawan.internal.phy;

import java.io.Serial;

/**
 * These bytes are no frame that means something here; the message says why. Carries no stack trace:
 * strangers can cause thousands of them a second.
 */
public final class FrameException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  /** What is counted. */
  public enum Reason {
    /** Too short, too long, or its parts do not fit into it. */
    MALFORMED,
    /** A major version or a kind of message that LoRaWAN 1.0.x does not have. */
    UNSUPPORTED,
    /** MAC commands both in FOpts and under port 0 (4.3.1.6: to be ignored). */
    OPTIONS_TWICE
  }

  private final Reason reason;

  public FrameException(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
