package city.mycelium.driver.lorawan.internal.feed;

import city.mycelium.tls.TlsFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One feed of one network.
 *
 * @param name for logs and threads
 * @param host of the broker
 * @param port of the broker; 8883 with TLS and 1883 without are usual
 * @param tls what TLS needs; null: no TLS
 * @param allowPlaintext whether everybody on the way may read along; without it TLS is asked of
 *     every broker that is not on this machine
 * @param user null: we do not say who we are
 * @param passwordFile holds the password, or the API key; read at each attempt. Null: none
 * @param clientId must be unique at the broker, and stay the same: it names what the broker keeps
 *     for us
 * @param topics what to listen to, with MQTT's wildcards
 * @param keepAlive after it the broker is asked whether it is there, after twice that it is not
 * @param connectTimeout for everything until the connection stands
 * @param maxMessageBytes longest message
 */
public record FeedSettings(
    String name,
    String host,
    int port,
    @Nullable TlsFiles tls,
    boolean allowPlaintext,
    @Nullable String user,
    @Nullable Path passwordFile,
    String clientId,
    List<String> topics,
    Duration keepAlive,
    Duration connectTimeout,
    int maxMessageBytes) {

  public static final Duration USUAL_KEEP_ALIVE = Duration.ofSeconds(30);
  public static final Duration USUAL_CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** An uplink that a hundred gateways heard has some 60 KB. */
  public static final int USUAL_MAX_MESSAGE_BYTES = 262_144;

  private static final Duration LONGEST_KEEP_ALIVE = Duration.ofSeconds(65_535);
  private static final int LONGEST_TEXT = 65_535;

  public FeedSettings {
    topics = List.copyOf(topics);
    if (host.isBlank() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          "feed " + name + ": a broker needs a host and a port from 1 to 65535");
    }
    if (tls == null && !allowPlaintext && !isLoopback(host)) {
      throw new IllegalArgumentException(
          "feed "
              + name
              + ": "
              + host
              + " is not on this machine and would be spoken to without TLS; use TLS, or say"
              + " allowPlaintext=true if everybody on the way may read along");
    }
    if (user == null && passwordFile != null) {
      throw new IllegalArgumentException("feed " + name + ": a password needs a user");
    }
    if (clientId.isBlank() || clientId.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException("feed " + name + ": the client id is empty or too long");
    }
    if (topics.isEmpty() || topics.stream().anyMatch(t -> t.isBlank() || t.length() > 1_000)) {
      throw new IllegalArgumentException("feed " + name + ": at least one topic is needed");
    }
    if (keepAlive.toSeconds() < 1 || keepAlive.compareTo(LONGEST_KEEP_ALIVE) > 0) {
      throw new IllegalArgumentException(
          "feed " + name + ": keepAlive is 1 to 65535 seconds, not " + keepAlive);
    }
    if (connectTimeout.toMillis() < 1 || maxMessageBytes < 1_024) {
      throw new IllegalArgumentException(
          "feed " + name + ": connectTimeout is positive, maxMessageBytes at least 1024");
    }
  }

  /** Names are not looked up. */
  private static boolean isLoopback(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.equals("localhost")
        || lower.equals("::1")
        || lower.equals("[::1]")
        || lower.matches("127(\\.\\d{1,3}){3}");
  }

  /** As people write it. */
  String broker() {
    return (tls == null ? "mqtt://" : "mqtts://") + host + ":" + port;
  }
}
