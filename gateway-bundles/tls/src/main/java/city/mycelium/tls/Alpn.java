package city.mycelium.tls;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The application protocols that are offered within a TLS handshake (RFC 7301), for servers that
 * speak several on one port. Immutable.
 *
 * @param protocols names as the server knows them, the dearest first; empty: nothing is offered
 */
public record Alpn(List<String> protocols) {

  /** Nothing is offered. */
  public static final Alpn NONE = new Alpn(List.of());

  /** RFC 7301, 3.1: a name has 1 to 255 bytes. */
  private static final int LONGEST_NAME = 255;

  /**
   * RFC 7301, 3.1: with a byte of length before each, the names have a length of two bytes. An
   * extension has room for that length too (RFC 8446, 4.2).
   */
  private static final int LONGEST_LIST = 65_535 - 2;

  public Alpn {
    protocols = List.copyOf(protocols);
    int bytes = 0;
    for (String name : protocols) {
      if (name.isEmpty() || name.length() > LONGEST_NAME || !isPrintable(name)) {
        throw new IllegalArgumentException(
            "a protocol name (alpn) is 1 to 255 printable ASCII characters, such as x-amzn-mqtt-ca,"
                + " not '"
                + name
                + "'");
      }
      bytes += 1 + name.length();
    }
    if (bytes > LONGEST_LIST) {
      throw new IllegalArgumentException("too many protocol names (alpn) for one handshake");
    }
  }

  /** Any bytes are allowed; all names in use are ASCII, and the JDK's own encoding can be set. */
  private static boolean isPrintable(String name) {
    return StandardCharsets.US_ASCII.newEncoder().canEncode(name)
        && name.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  @Override
  public String toString() {
    return protocols.isEmpty() ? "no alpn" : "alpn " + String.join(", ", protocols);
  }
}
