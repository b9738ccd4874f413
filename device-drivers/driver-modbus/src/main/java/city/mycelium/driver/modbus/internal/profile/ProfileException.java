package city.mycelium.driver.modbus.internal.profile;

import java.io.Serial;

/** A profile cannot be used; the message says where the mistake is and what is allowed. */
public final class ProfileException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  ProfileException(String message) {
    super(message);
  }
}
