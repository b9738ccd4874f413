package city.mycelium.api.driver;

import city.mycelium.api.device.SerialSettings;
import java.io.IOException;

/** Opens serial lines. Safe for use by many threads. */
public interface SerialLines {

  /**
   * Opens a line.
   *
   * @param port which one: a path below {@code /dev}, best a stable one such as {@code
   *     /dev/serial/by-id/…}, or {@code vendor:product} of a USB adapter
   * @throws SerialSetupException if somebody has to change something first, such as a permission
   * @throws IOException if it cannot be opened now; the message says why and what to do
   */
  SerialLine open(String port, SerialSettings settings) throws IOException;
}
