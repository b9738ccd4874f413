package city.mycelium.api.driver;

import java.io.Serial;

/**
 * The gateway could not keep the Readings; the sender still has them and should send them again.
 */
public final class IntakeException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  /** What a driver can do about it. */
  public enum Reason {
    /** The medium is full or fails: try again later. */
    STORAGE,
    /** Too much waits already, or this device's held Readings reached their limit: try later. */
    BUSY,
    /** The gateway is stopping. */
    STOPPING
  }

  private final Reason reason;

  public IntakeException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public IntakeException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
