package city.mycelium.connector.coap.internal;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One connection to one CoAP server, as the configuration states it.
 *
 * @param name of the Destination that it serves, for logs and threads
 * @param address where the server is, and the path that channels are below
 * @param allowPlaintext whether everybody on the way may read along; without it a server that is
 *     not on this machine is spoken to over DTLS or TLS only
 * @param oscore what protects messages from end to end, besides what {@code security} does on the
 *     way; null: nothing
 * @param directory where the gateway makes itself known; null: nowhere
 * @param retryAtFirst pause after the first attempt that failed; later ones double it
 * @param retryAtMost the longest pause
 */
public record CoapSettings(
    String name,
    CoapAddress address,
    boolean allowPlaintext,
    Security security,
    @Nullable ObjectSecurity oscore,
    Pace pace,
    @Nullable Directory directory,
    Duration retryAtFirst,
    Duration retryAtMost) {

  public static final Duration USUAL_RETRY_AT_FIRST = Duration.ofSeconds(1);
  public static final Duration USUAL_RETRY_AT_MOST = Duration.ofSeconds(60);

  public CoapSettings {
    boolean secure = address.transport().isSecure();
    if (!secure && oscore == null && !allowPlaintext && !address.isLoopback()) {
      throw refused(
          name,
          address
              + " is not on this machine and would be spoken to without DTLS; use coaps:// (or"
              + " coaps+tcp://), give an oscoreKeyFile, or say allowPlaintext=true if everybody on"
              + " the way may read along");
    }
    if (!secure && !(security instanceof Security.None)) {
      throw refused(name, "keys and certificates are of no use without DTLS; use coaps://");
    }
    if (address.transport() == Transport.DTLS && security instanceof Security.None) {
      throw refused(
          name, "coaps:// needs to know whom to trust: a PSK, raw public keys or certificates");
    }
    if (address.transport() == Transport.TLS && !(security instanceof Security.Certificates)) {
      throw refused(name, "coaps+tcp:// is secured by certificates only; use coaps:// for others");
    }
    if (directory != null && directory.address().transport() != address.transport()) {
      throw refused(
          name, "the resource directory is reached as the server is: by " + address.server());
    }
    if (directory != null && oscore != null && !directory.address().isSameServerAs(address)) {
      throw refused(
          name,
          "with OSCORE the resource directory must be the server itself: its key is for one"
              + " server");
    }
    if (directory != null
        && !address.transport().isDatagram()
        && !directory.address().isSameServerAs(address)) {
      throw refused(name, "over TCP the resource directory must be the server itself");
    }
    if (retryAtFirst.isNegative()
        || retryAtFirst.isZero()
        || retryAtMost.compareTo(retryAtFirst) < 0) {
      throw refused(name, "retryAtMost is not less than retryAtFirst, which is positive");
    }
  }

  /** A connection with the usual times. */
  public static CoapSettings usual(String name, CoapAddress address, Security security) {
    return new CoapSettings(
        name,
        address,
        false,
        security,
        null,
        Pace.USUAL,
        null,
        USUAL_RETRY_AT_FIRST,
        USUAL_RETRY_AT_MOST);
  }

  /** To see whether it works: with that patience, and without making the gateway known. */
  CoapSettings trial(Duration patience) {
    return new CoapSettings(
        name,
        address,
        allowPlaintext,
        security,
        oscore,
        pace.withConnectTimeout(patience),
        null,
        retryAtFirst,
        retryAtMost);
  }

  private static IllegalArgumentException refused(String name, String why) {
    return new IllegalArgumentException("destination " + name + ": " + why);
  }
}
