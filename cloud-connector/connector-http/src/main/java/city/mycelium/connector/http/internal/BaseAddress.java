package city.mycelium.connector.http.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a platform listens, and what all its paths begin with. Immutable.
 *
 * @param tls whether it is spoken to over TLS
 * @param host a name, an IPv4 address, or an IPv6 address in brackets
 * @param path begins and ends with a slash
 */
public record BaseAddress(boolean tls, String host, int port, String path) {

  /** RFC 9110, 4.2.1 and 4.2.2. */
  private static final int TLS_PORT = 443;

  private static final int PLAIN_PORT = 80;

  /** RFC 3986, 3.3: segments that would lead out of where we may be; also in disguise. */
  private static final Pattern DOT_SEGMENT =
      Pattern.compile("(^|/)(\\.|%2e){1,2}(/|$)", Pattern.CASE_INSENSITIVE);

  public BaseAddress {
    if (host.isEmpty() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException("a platform needs a host and a port from 1 to 65535");
    }
    if (!path.startsWith("/") || !path.endsWith("/")) {
      throw new IllegalArgumentException("the path begins and ends with a slash");
    }
  }

  /**
   * Reads {@code https://host/path} or {@code http://host/path}, each with {@code :port} if it is
   * not the usual one.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static BaseAddress parse(String text) {
    URI uri;
    try {
      uri = new URI(text.strip());
    } catch (URISyntaxException e) {
      throw unreadable(text);
    }
    if (uri.getUserInfo() != null) { // not repeated: this message gets into a log
      throw new IllegalArgumentException(
          "a platform's address holds no password: use user and passwordFile, or tokenFile");
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean tls = scheme.equals("https");
    if (!(tls || scheme.equals("http"))
        || uri.getHost() == null
        || uri.getQuery() != null
        || uri.getFragment() != null) {
      throw unreadable(text);
    }
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    if (DOT_SEGMENT.matcher(path).find()) {
      throw unreadable(text);
    }
    int usual = tls ? TLS_PORT : PLAIN_PORT;
    return new BaseAddress(
        tls,
        uri.getHost(),
        uri.getPort() == -1 ? usual : uri.getPort(),
        path.endsWith("/") ? path : path + "/");
  }

  private static IllegalArgumentException unreadable(String text) {
    return new IllegalArgumentException(
        "a platform's address is https://host:port/path, or http:// without TLS, without query and"
            + " without . or .. in it, not '"
            + text
            + "'");
  }

  /** Whether what is said to it never leaves this machine. Names are not looked up. */
  boolean isLoopback() {
    return host.equalsIgnoreCase("localhost")
        || host.matches("127(\\.\\d{1,3}){3}")
        || host.equals("[::1]");
  }

  /**
   * The address of a channel: always below this one, whatever the channel says.
   *
   * @throws URISyntaxException if it leads elsewhere or is no relative reference
   */
  URI below(String channel) throws URISyntaxException {
    int query = channel.indexOf('?');
    String way = query < 0 ? channel : channel.substring(0, query);
    if (DOT_SEGMENT.matcher(way).find()) {
      throw new URISyntaxException(channel, "it leads out of the address");
    }
    String begin = channel.startsWith("/") ? channel.substring(1) : channel;
    return new URI(this + begin);
  }

  /** With the path, without anything secret. */
  @Override
  public String toString() {
    boolean usual = port == (tls ? TLS_PORT : PLAIN_PORT);
    return (tls ? "https://" : "http://") + host + (usual ? "" : ":" + port) + path;
  }
}
