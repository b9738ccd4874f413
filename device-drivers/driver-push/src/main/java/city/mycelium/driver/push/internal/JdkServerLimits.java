package city.mycelium.driver.push.internal;

import java.util.Map;

/**
 * Limits that the JDK's HTTP server takes from system properties (module jdk.httpserver, "System
 * properties used by the HTTP server API"). It reads them once per process, when the first server
 * is made, so this is a second line of defence; the first is in {@link Workers} and {@link
 * Exchanges}. What an operator has set stays as it is.
 */
final class JdkServerLimits {

  static final int MAX_CONNECTIONS = 256;
  static final int MAX_HEADER_BYTES = 16_384;

  private static final Map<String, String> LIMITS =
      Map.of(
          // Connections in all, idle ones too: a kit needs one, for a moment.
          "jdk.httpserver.maxConnections",
          Integer.toString(MAX_CONNECTIONS),
          // Bytes of all headers together; a kit sends some hundred.
          "sun.net.httpserver.maxReqHeaderSize",
          Integer.toString(MAX_HEADER_BYTES),
          "sun.net.httpserver.maxReqHeaders",
          "64",
          // An answer is one small packet: do not wait for more to send with it.
          "sun.net.httpserver.nodelay",
          "true");

  private JdkServerLimits() {}

  static void apply() {
    LIMITS.forEach(
        (name, value) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, value);
          }
        });
  }
}
