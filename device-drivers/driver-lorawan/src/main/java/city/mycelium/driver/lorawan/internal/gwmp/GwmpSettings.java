package city.mycelium.driver.lorawan.internal.gwmp;

import city.mycelium.driver.lorawan.internal.radio.Eui;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;

/**
 * How packet forwarders are listened to. The protocol has no authentication: whoever reaches the
 * port can claim to be any concentrator.
 *
 * @param bindAddress an address of this machine; that of the loopback is reached by nobody else
 * @param port 0 for any that is free; 1700 is what forwarders expect
 * @param allowed the concentrators that are served; empty for any, which is refused beyond the
 *     loopback
 * @param maxDatagramBytes longest datagram, 12 to 65507 bytes
 * @param datagramsPerSecond of one address
 * @param receiveBufferBytes what the kernel keeps while the gateway is busy; the kernel may give
 *     less
 * @param txAckWithin how long a forwarder may take to say whether it will send a frame
 */
public record GwmpSettings(
    InetAddress bindAddress,
    int port,
    Set<Eui> allowed,
    int maxDatagramBytes,
    int datagramsPerSecond,
    int receiveBufferBytes,
    Duration txAckWithin) {

  /** PROTOCOL.TXT names none; the forwarders' example configurations do. */
  public static final int USUAL_PORT = 1700;

  /** A forwarder reports at most 8 frames at a time, each about 600 bytes with all its fields. */
  public static final int USUAL_MAX_DATAGRAM_BYTES = 16_384;

  /** Two and a half times what 2 slow cores must bear in all; a real forwarder sends some tens. */
  public static final int USUAL_DATAGRAMS_PER_SECOND = 5_000;

  /** Two seconds of 2,000 datagrams, each charged by Linux with about 1 KB. */
  public static final int USUAL_RECEIVE_BUFFER_BYTES = 4 << 20;

  /** A forwarder answers as soon as it has queued the frame; RX2 must still be met after that. */
  public static final Duration USUAL_TX_ACK_WITHIN = Duration.ofMillis(700);

  private static final int MOST_UDP_BYTES = 65_507;

  public GwmpSettings {
    allowed = Set.copyOf(allowed);
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
    }
    if (allowed.isEmpty() && !bindAddress.isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "packet forwarders cannot prove who they are: to listen at "
              + bindAddress.getHostAddress()
              + ", which others can reach, list the EUIs of yours; or listen at 127.0.0.1");
    }
    if (maxDatagramBytes < Header.BYTES || maxDatagramBytes > MOST_UDP_BYTES) {
      throw new IllegalArgumentException(
          "the longest datagram is 12 to 65507 bytes, not " + maxDatagramBytes);
    }
    if (datagramsPerSecond < 1 || receiveBufferBytes < 1) {
      throw new IllegalArgumentException(
          "at least 1 datagram per second and 1 byte of buffer must be allowed");
    }
    if (txAckWithin.toMillis() < 1) {
      throw new IllegalArgumentException("the time for TX_ACK must be positive");
    }
  }

  /** On the loopback, for any concentrator. */
  public static GwmpSettings usual() {
    return new GwmpSettings(
        InetAddress.getLoopbackAddress(),
        USUAL_PORT,
        Set.of(),
        USUAL_MAX_DATAGRAM_BYTES,
        USUAL_DATAGRAMS_PER_SECOND,
        USUAL_RECEIVE_BUFFER_BYTES,
        USUAL_TX_ACK_WITHIN);
  }
}
