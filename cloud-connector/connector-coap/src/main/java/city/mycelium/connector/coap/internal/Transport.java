package city.mycelium.connector.coap.internal;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What CoAP is carried by (RFC 7252, 6; RFC 8323, 8). */
enum Transport {
  UDP("coap", 5683),
  DTLS("coaps", 5684),
  TCP("coap+tcp", 5683),
  TLS("coaps+tcp", 5684);

  final String scheme;
  final int usualPort;

  Transport(String scheme, int usualPort) {
    this.scheme = scheme;
    this.usualPort = usualPort;
  }

  static Optional<Transport> ofScheme(String scheme) {
    String lower = scheme.toLowerCase(Locale.ROOT);
    return Stream.of(values()).filter(one -> one.scheme.equals(lower)).findFirst();
  }

  boolean isSecure() {
    return this == DTLS || this == TLS;
  }

  /** Whether messages can get lost on the way, so that CoAP has to look after that itself. */
  boolean isDatagram() {
    return this == UDP || this == DTLS;
  }
}
