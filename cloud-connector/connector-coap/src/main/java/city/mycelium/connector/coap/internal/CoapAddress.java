package city.mycelium.connector.coap.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * A resource of a CoAP server: channels are paths below it.
 *
 * @param transport what it is carried by
 * @param host a name, or a literal address; IPv6 in square brackets
 * @param path percent-encoded, without a slash at its ends; may be empty
 */
public record CoapAddress(Transport transport, String host, int port, String path) {

  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

  public CoapAddress {
    if (host.isEmpty() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException("a CoAP server needs a host and a port from 1 to 65535");
    }
  }

  /**
   * Reads {@code coaps://host/path}, {@code coap://}, {@code coaps+tcp://} or {@code coap+tcp://},
   * each with {@code :port} if it is not the usual one.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static CoapAddress parse(String text) {
    URI uri;
    try {
      uri = new URI(text.strip());
    } catch (URISyntaxException e) {
      throw unreadable(text);
    }
    if (uri.getScheme() == null
        || uri.getHost() == null
        || uri.getUserInfo() != null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null) {
      throw unreadable(text);
    }
    Transport transport = Transport.ofScheme(uri.getScheme()).orElseThrow(() -> unreadable(text));
    int port = uri.getPort() == -1 ? transport.usualPort : uri.getPort();
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    return new CoapAddress(transport, uri.getHost(), port, path.replaceAll("^/+|/+$", ""));
  }

  private static IllegalArgumentException unreadable(String text) {
    return new IllegalArgumentException(
        "a CoAP server's address is coaps://host:port/path (or coap://, coaps+tcp://, coap+tcp://),"
            + " without user, query and fragment, not '"
            + text
            + "'");
  }

  /** Whether what is said to it never leaves this machine. Names are not looked up. */
  boolean isLoopback() {
    return host.equalsIgnoreCase("localhost")
        || host.matches("127(\\.\\d{1,3}){3}")
        || host.equals("[::1]");
  }

  /** Whether the host is a name, and no literal address. */
  boolean isNamed() {
    return !host.startsWith("[") && !IPV4.matcher(host).matches();
  }

  boolean isSameServerAs(CoapAddress other) {
    return transport == other.transport && port == other.port && host.equalsIgnoreCase(other.host);
  }

  /** Without the path. */
  String server() {
    return transport.scheme + "://" + host + ":" + port;
  }

  @Override
  public String toString() {
    return path.isEmpty() ? server() : server() + "/" + path;
  }
}
