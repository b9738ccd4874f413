package city.mycelium.connector.mqtt.internal;

import city.mycelium.tls.Credentials;
import city.mycelium.tls.TlsFiles;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * One connection to one broker, as the configuration states it.
 *
 * @param name of the Destination that it serves, for logs and threads
 * @param broker where it listens
 * @param allowPlaintext whether everybody on the way may read along; without it TLS is asked of
 *     every broker that is not on this machine
 * @param clientId must be unique at the broker: a second client of that name throws the first one
 *     out
 * @param topicPrefix channels are topics below it; empty if they are whole topics
 * @param keepAlive after this time of silence the broker is asked whether it is there; after twice
 *     that it is not
 * @param connectTimeout for everything until the connection stands
 * @param retryAtFirst pause after the first attempt that failed; later ones double it
 * @param retryAtMost the longest pause
 * @param inFlight at most so many messages without PUBACK, fewer if the broker asks for it
 */
public record MqttSettings(
    String name,
    BrokerAddress broker,
    boolean allowPlaintext,
    TlsFiles tls,
    Credentials credentials,
    String clientId,
    String topicPrefix,
    Duration keepAlive,
    Duration connectTimeout,
    Duration retryAtFirst,
    Duration retryAtMost,
    int inFlight) {

  public static final Duration USUAL_KEEP_ALIVE = Duration.ofSeconds(20);
  public static final Duration USUAL_CONNECT_TIMEOUT = Duration.ofSeconds(8);
  public static final Duration USUAL_RETRY_AT_FIRST = Duration.ofSeconds(1);
  public static final Duration USUAL_RETRY_AT_MOST = Duration.ofSeconds(60);
  public static final int USUAL_IN_FLIGHT = 100;

  /** No wildcards (MQTT 5, 4.7.1), no empty level, nothing that a broker reserves with a $. */
  private static final Pattern PREFIX = Pattern.compile("[^+#$\\s/][^+#\\s/]*(/[^+#\\s/]+)*");

  /** MQTT 5, 1.5.4: a string has at most so many bytes. Room is left for the channel. */
  private static final int LONGEST_PREFIX = 65_535 - 256;

  private static final Duration LONGEST_KEEP_ALIVE = Duration.ofSeconds(65_535);

  public MqttSettings {
    if (!broker.tls() && !allowPlaintext && !broker.isLoopback()) {
      throw new IllegalArgumentException(
          "destination "
              + name
              + ": "
              + broker
              + " is not on this machine and would be spoken to without TLS; use mqtts://, or say"
              + " allowPlaintext=true if everybody on the way may read along");
    }
    if (!broker.tls() && !tls.equals(TlsFiles.NONE)) {
      throw new IllegalArgumentException(
          "destination " + name + ": certificates are of no use without TLS; use mqtts://");
    }
    if (!(topicPrefix.isEmpty() || PREFIX.matcher(topicPrefix).matches())
        || topicPrefix.getBytes(StandardCharsets.UTF_8).length > LONGEST_PREFIX) {
      throw new IllegalArgumentException(
          "destination "
              + name
              + ": a topic prefix is words with / between them, without + # $ or spaces, not '"
              + topicPrefix
              + "'");
    }
    if (clientId.isBlank()) {
      throw new IllegalArgumentException("destination " + name + ": the client id is empty");
    }
    if (keepAlive.toSeconds() < 1 || keepAlive.compareTo(LONGEST_KEEP_ALIVE) > 0) {
      throw new IllegalArgumentException(
          "destination " + name + ": keepAlive is 1 to 65535 seconds, not " + keepAlive);
    }
    if (connectTimeout.toSeconds() < 1) {
      throw new IllegalArgumentException(
          "destination " + name + ": connectTimeout is at least 1 second, not " + connectTimeout);
    }
    if (retryAtFirst.isNegative()
        || retryAtFirst.isZero()
        || retryAtMost.compareTo(retryAtFirst) < 0) {
      throw new IllegalArgumentException(
          "destination " + name + ": retryAtMost is not less than retryAtFirst, which is positive");
    }
    if (inFlight < 1 || inFlight > 65_535) {
      throw new IllegalArgumentException(
          "destination " + name + ": inFlight is 1 to 65535, not " + inFlight);
    }
  }

  /** A connection without user and certificates, and with the usual times. */
  public static MqttSettings usual(
      String name, BrokerAddress broker, String clientId, String topicPrefix) {
    return new MqttSettings(
        name,
        broker,
        false,
        TlsFiles.NONE,
        Credentials.NONE,
        clientId,
        topicPrefix,
        USUAL_KEEP_ALIVE,
        USUAL_CONNECT_TIMEOUT,
        USUAL_RETRY_AT_FIRST,
        USUAL_RETRY_AT_MOST,
        USUAL_IN_FLIGHT);
  }

  String topic(String channel) {
    return topicPrefix.isEmpty() ? channel : topicPrefix + "/" + channel;
  }
}
