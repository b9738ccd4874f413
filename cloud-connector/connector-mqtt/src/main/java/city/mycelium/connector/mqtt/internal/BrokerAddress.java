package city.mycelium.connector.mqtt.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a broker listens.
 *
 * @param tls whether it is spoken to over TLS
 * @param resource the path, with its query, at which MQTT is spoken over WebSocket (RFC 6455, 3);
 *     null: over the connection itself
 */
public record BrokerAddress(boolean tls, String host, int port, @Nullable String resource) {

  /** Registered with IANA as secure-mqtt and mqtt. */
  private static final int TLS_PORT = 8883;

  private static final int PLAIN_PORT = 1883;

  /** RFC 6455, 3. */
  private static final int WSS_PORT = 443;

  private static final int WS_PORT = 80;

  /** No standard says it, nearly all brokers do. */
  private static final String USUAL_RESOURCE = "/mqtt";

  public BrokerAddress {
    if (host.isEmpty() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException("a broker needs a host and a port from 1 to 65535");
    }
  }

  /** One that is spoken to over the connection itself. */
  public BrokerAddress(boolean tls, String host, int port) {
    this(tls, host, port, null);
  }

  /**
   * Reads {@code mqtts://host} or {@code mqtt://host}, {@code wss://host/path} or {@code
   * ws://host/path}, each with {@code :port} if it is not the usual one. Without a path a
   * WebSocket's is {@code /mqtt}.
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
    if (uri.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "a broker's address holds no password: use user and passwordFile");
    }
    if (uri.getHost() == null || uri.getRawFragment() != null) { // RFC 6455, 3: none
      throw unreadable(text);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    return switch (scheme) {
      case "mqtts", "ssl" -> direct(uri, text, true, TLS_PORT);
      case "mqtt", "tcp" -> direct(uri, text, false, PLAIN_PORT);
      case "wss" -> new BrokerAddress(true, uri.getHost(), port(uri, WSS_PORT), resource(uri));
      case "ws" -> new BrokerAddress(false, uri.getHost(), port(uri, WS_PORT), resource(uri));
      default -> throw unreadable(text);
    };
  }

  private static BrokerAddress direct(URI uri, String text, boolean tls, int usualPort) {
    String path = uri.getRawPath();
    if (uri.getRawQuery() != null || !(path == null || path.isEmpty() || path.equals("/"))) {
      throw unreadable(text);
    }
    return new BrokerAddress(tls, uri.getHost(), port(uri, usualPort));
  }

  private static int port(URI uri, int usual) {
    return uri.getPort() == -1 ? usual : uri.getPort();
  }

  private static String resource(URI uri) {
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return (path.isEmpty() ? USUAL_RESOURCE : path) + query;
  }

  private static IllegalArgumentException unreadable(String text) {
    return new IllegalArgumentException(
        "a broker's address is mqtts://host:port or wss://host:port/path, or mqtt:// or ws://"
            + " without TLS, not '"
            + text
            + "'");
  }

  /** Whether what is said to it never leaves this machine. Names are not looked up. */
  boolean isLoopback() {
    return host.equalsIgnoreCase("localhost")
        || host.matches("127(\\.\\d{1,3}){3}")
        || host.equals("[::1]");
  }

  boolean isWebSocket() {
    return resource != null;
  }

  /** As HTTP names it (RFC 9110, 7.2): without the port that goes without saying. */
  String authority() {
    return port == (tls ? WSS_PORT : WS_PORT) ? host : host + ":" + port;
  }

  /** As Paho wants it: TLS and WebSocket are the {@link BrokerSocket}'s. */
  String uri() {
    return "tcp://" + host + ":" + port;
  }

  /** As it stands in logs: without a query, in which some platforms want a token. */
  @Override
  public String toString() {
    if (resource == null) {
      return (tls ? "mqtts://" : "mqtt://") + host + ":" + port;
    }
    int query = resource.indexOf('?');
    return (tls ? "wss://" : "ws://")
        + host
        + ":"
        + port
        + (query < 0 ? resource : resource.substring(0, query));
  }
}
