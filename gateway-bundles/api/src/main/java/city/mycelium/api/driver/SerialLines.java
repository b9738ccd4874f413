package city.mycelium.api.driver;

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
}
