package city.mycelium.driver.lorawan.internal.station;

import city.mycelium.driver.lorawan.internal.radio.Eui;
import city.mycelium.tls.TlsFiles;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How stations are listened to. Beyond the loopback TLS and a token are needed.
 *
 * @param bindAddress an address of this machine; that of the loopback is reached by nobody else
 * @param port 0 for any that is free
 * @param tls our certificate and its key; read anew when they change. Null: no TLS
 * @param token what a station's Authorization header must hold, with or without {@code Bearer};
 *     null: none is asked for
 * @param allowed the stations that are served; empty for any that has the token
 * @param maxMessageBytes longest message, 256 bytes to 1 MB
 * @param messagesPerSecond of one station
 * @param mostConnections at a time
 * @param confirmedWithin how long after its last window a frame may take to be confirmed
 */
public record StationSettings(
    InetAddress bindAddress,
    int port,
    @Nullable TlsFiles tls,
    @Nullable String token,
    Set<Eui> allowed,
    int maxMessageBytes,
    int messagesPerSecond,
    int mostConnections,
    Duration confirmedWithin) {

  /** What Basics Station's examples use for its "TC" connection. */
  public static final int USUAL_PORT = 6_038;

  /** A frame of 255 bytes is 510 digits and some 400 bytes around them. */
  public static final int USUAL_MAX_MESSAGE_BYTES = 16_384;

  public static final int USUAL_MESSAGES_PER_SECOND = 1_000;
  public static final int USUAL_MOST_CONNECTIONS = 64;

  /** The longest frame is on the air for 2.8 s (SF12), and confirmed when it is, or after it. */
  public static final Duration USUAL_CONFIRMED_WITHIN = Duration.ofSeconds(5);

  private static final int SHORTEST_TOKEN = 16;

  public StationSettings {
    allowed = Set.copyOf(allowed);
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
    }
    if (!bindAddress.isLoopbackAddress() && (tls == null || token == null)) {
      throw new IllegalArgumentException(
          "to listen to stations at "
              + bindAddress.getHostAddress()
              + ", which others can reach, give a certificate, its key and a token; or listen at"
              + " 127.0.0.1");
    }
    if (tls != null && tls.certificateFile() == null) {
      throw new IllegalArgumentException(
          "TLS towards stations needs a certificateFile and a keyFile");
    }
    if (token != null && token.length() < SHORTEST_TOKEN) {
      throw new IllegalArgumentException(
          "a token of fewer than 16 characters can be guessed; make one with: openssl rand -hex 20");
    }
    if (maxMessageBytes < 256 || maxMessageBytes > 1 << 20) {
      throw new IllegalArgumentException(
          "the longest message is 256 to 1048576 bytes, not " + maxMessageBytes);
    }
    if (messagesPerSecond < 1 || mostConnections < 1 || confirmedWithin.toMillis() < 1) {
      throw new IllegalArgumentException(
          "messages per second, connections and the time to confirm must be positive");
    }
  }

  /** On the loopback, for any station, without TLS. */
  public static StationSettings usual() {
    return new StationSettings(
        InetAddress.getLoopbackAddress(),
        USUAL_PORT,
        null,
        null,
        Set.of(),
        USUAL_MAX_MESSAGE_BYTES,
        USUAL_MESSAGES_PER_SECOND,
        USUAL_MOST_CONNECTIONS,
        USUAL_CONFIRMED_WITHIN);
  }

  /** Without the token: this may get into a log. */
  @Override
  public String toString() {
    return "stations at " + bindAddress.getHostAddress() + " port " + port;
  }
}
