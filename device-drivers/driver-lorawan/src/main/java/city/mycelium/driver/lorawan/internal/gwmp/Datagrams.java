package city.mycelium.driver.lorawan.internal.gwmp;

import java.io.IOException;
import java.net.InetSocketAddress;

/** The way out. Safe for use by many threads; does not block for longer than the kernel takes. */
@FunctionalInterface
interface Datagrams {

  /**
   * Sends one; nobody knows whether it arrives.
   *
   * @throws IOException if it cannot even be sent
   */
  void send(byte[] datagram, InetSocketAddress to) throws IOException;
}
