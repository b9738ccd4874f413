package city.mycelium.connector.coap.internal;

import java.time.Duration;

/**
 * Where the gateway makes itself known (RFC 9176).
 *
 * @param address the directory's registration resource, usually {@code /rd}
 * @param endpoint the gateway's name there, 1 to 63 bytes (RFC 9176, 5)
 * @param lifetime after this without a word it is forgotten: 1 minute or more (RFC 9176, 5)
 */
public record Directory(CoapAddress address, String endpoint, Duration lifetime) {
  public Directory {
    if (endpoint.isEmpty() || endpoint.length() > 63) {
      throw new IllegalArgumentException(
          "a name in a resource directory has 1 to 63 characters, not '" + endpoint + "'");
    }
    if (lifetime.toSeconds() < 60 || lifetime.toSeconds() > 4_294_967_295L) {
      throw new IllegalArgumentException(
          "the lifetime of a registration is 60 seconds or more, not " + lifetime);
    }
  }
}
