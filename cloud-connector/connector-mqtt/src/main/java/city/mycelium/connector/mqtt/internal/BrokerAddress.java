package city.mycelium.connector.mqtt.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where a broker listens.
 *
 * @param tls whether it is spoken to over TLS
 */
public record BrokerAddress(boolean tls, String host, int port) {

  /** Registered with IANA as secure-mqtt and mqtt. */
  private static final int TLS_PORT = 8883;

  private static final int PLAIN_PORT = 1883;

  public BrokerAddress {
    if (host.isEmpty() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException("a broker needs a host and a port from 1 to 65535");
    }
  }

  /**
   * Reads {@code mqtts://host} or {@code mqtt://host}, each with {@code :port} if it is not the
   * usual one.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static BrokerAddress parse(String text) {
    URI uri;
    try {
      uri = new URI(text.strip());
    } catch (URISyntaxException e) {
      throw unreadable(text);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean tls = scheme.equals("mqtts") || scheme.equals("ssl");
    boolean plain = scheme.equals("mqtt") || scheme.equals("tcp");
    if (uri.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "a broker's address holds no password: use user and passwordFile");
    }
    boolean more =
        uri.getQuery() != null
            || uri.getFragment() != null
            || !(uri.getPath() == null || uri.getPath().isEmpty() || uri.getPath().equals("/"));
    if (!(tls || plain) || uri.getHost() == null || more) {
      throw unreadable(text);
    }
    int usual = tls ? TLS_PORT : PLAIN_PORT;
    return new BrokerAddress(tls, uri.getHost(), uri.getPort() == -1 ? usual : uri.getPort());
  }

  private static IllegalArgumentException unreadable(String text) {
    return new IllegalArgumentException(
        "a broker's address is mqtts://host:port, or mqtt://host:port without TLS, not '"
            + text
            + "'");
  }

  /** Whether what is said to it never leaves this machine. Names are not looked up. */
  boolean isLoopback() {
    return host.equalsIgnoreCase("localhost")
        || host.matches("127(\\.\\d{1,3}){3}")
        || host.equals("[::1]");
  }

  /** As Paho wants it. */
  String uri() {
    return (tls ? "ssl://" : "tcp://") + host + ":" + port;
  }

  @Override
  public String toString() {
    return (tls ? "mqtts://" : "mqtt://") + host + ":" + port;
  }
}
