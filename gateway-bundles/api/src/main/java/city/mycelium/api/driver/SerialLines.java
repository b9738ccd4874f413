package city.mycelium.api.driver;

import city.mycelium.api.device.SerialSettings;
import java.io.IOException;

/** Opens serial lines. Safe for use by many threads. */
public interface SerialLines {

  /**
   * Opens a line.
   *
   * @param port which one: a path below {@code /dev}, best a stable one such as {@code
   *     /dev/serial/by-id/…}
   * @param baud bits per second
   * @throws IOException if it cannot be opened; the message says why and what to do
   */
  SerialLine open(String port, int baud) throws IOException;

  /**
   * Opens a line that may have parity or two stop bits.
   *
   * @throws IOException if it cannot be opened; the message says why and what to do
   */
  default SerialLine open(String port, SerialSettings settings) throws IOException {
    if (!settings.equals(SerialSettings.of(settings.baud()))) {
      throw new IOException(port + " can only be opened with 8 data bits, no parity, 1 stop bit");
    }
    return open(port, settings.baud());
  }
}
