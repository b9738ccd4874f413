package city.mycelium.driver.lorawan.internal.gwmp;

import java.io.Serial;

/** A datagram that cannot be used. */
final class BadDatagramException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  private final Refusal reason;

  BadDatagramException(Refusal reason, String message) {
    super(message);
    this.reason = reason;
  }

  Refusal reason() {
    return reason;
  }

  /** What exactly is wrong. */
  String detail() {
    return String.valueOf(getMessage());
  }
}
