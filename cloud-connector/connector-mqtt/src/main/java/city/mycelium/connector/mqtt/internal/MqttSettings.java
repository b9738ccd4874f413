package city.mycelium.connector.mqtt.internal;

import city.mycelium.tls.Alpn;
import city.mycelium.tls.Credentials;
import city.mycelium.tls.TlsFiles;
import java.time.Duration;
import java.util.Map;

/**
 * One connection to one broker, as the configuration states it.
 *
 * @param name of the Destination that it serves, for logs and threads
 * @param broker where it listens
 * @param allowPlaintext whether everybody on the way may read along; without it TLS is asked of
 *     every broker that is not on this machine
 * @param clientId must be unique at the broker: a second client of that name throws the first one
 *     out
 * @param topics where channels are found there
 * @param keepAlive after this time of silence the broker is asked whether it is there; after twice
 *     that it is not
 * @param connectTimeout for everything until the connection stands
 * @param retryAtFirst pause after the first attempt that failed; later ones double it
 * @param retryAtMost the longest pause
 * @param inFlight at most so many messages without PUBACK, fewer if the broker asks for it
 * @param version which MQTT is spoken
 * @param alpn protocols that are offered in the TLS handshake
 * @param maxPacketBytes no PUBLISH is longer, nor than the broker says that it takes; 0: only what
 *     the broker says, and MQTT 3.1.1 has no words for that
 */
public record MqttSettings(
    String name,
    BrokerAddress broker,
    boolean allowPlaintext,
    TlsFiles tls,
    Credentials credentials,
    String clientId,
    TopicTemplate topics,
    Duration keepAlive,
    Duration connectTimeout,
    Duration retryAtFirst,
    Duration retryAtMost,
    int inFlight,
    MqttVersion version,
    Alpn alpn,
    int maxPacketBytes) {

  public static final Duration USUAL_KEEP_ALIVE = Duration.ofSeconds(20);
  public static final Duration USUAL_CONNECT_TIMEOUT = Duration.ofSeconds(8);
  public static final Duration USUAL_RETRY_AT_FIRST = Duration.ofSeconds(1);
  public static final Duration USUAL_RETRY_AT_MOST = Duration.ofSeconds(60);
  public static final int USUAL_IN_FLIGHT = 100;

  /** Less than this holds nothing but names. */
  private static final int SHORTEST_PACKET_LIMIT = 128;

  private static final Duration LONGEST_KEEP_ALIVE = Duration.ofSeconds(65_535);

  public MqttSettings {
    if (!broker.tls() && !allowPlaintext && !broker.isLoopback()) {
      throw new IllegalArgumentException(
          "destination "
              + name
              + ": "
              + broker
              + " is not on this machine and would be spoken to without TLS; use mqtts:// or wss://, or"
              + " say allowPlaintext=true if everybody on the way may read along");
    }
    if (!broker.tls() && !tls.equals(TlsFiles.NONE)) {
      throw new IllegalArgumentException(
          "destination "
              + name
              + ": certificates are of no use without TLS; use mqtts:// or wss://");
    }
    if (!broker.tls() && !alpn.equals(Alpn.NONE)) {
      throw new IllegalArgumentException(
          "destination " + name + ": alpn is said in the TLS handshake; use mqtts://");
    }
    if (broker.isWebSocket() && !alpn.equals(Alpn.NONE)) {
      throw new IllegalArgumentException(
          "destination "
              + name
              + ": alpn is of no use over WebSocket, which is found by its path; use mqtts://, or"
              + " leave alpn out");
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
    if (maxPacketBytes != 0 && maxPacketBytes < SHORTEST_PACKET_LIMIT) {
      throw new IllegalArgumentException(
          "destination "
              + name
              + ": maxPacketBytes is 0 for what the broker says, or at least "
              + SHORTEST_PACKET_LIMIT
              + ", not "
              + maxPacketBytes);
    }
  }

  /** MQTT 5 with channels below a prefix, no ALPN, and no limit of our own. */
  public MqttSettings(
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
    this(
        name,
        broker,
        allowPlaintext,
        tls,
        credentials,
        clientId,
        TopicTemplate.below(topicPrefix, Map.of()),
        keepAlive,
        connectTimeout,
        retryAtFirst,
        retryAtMost,
        inFlight,
        MqttVersion.V5,
        Alpn.NONE,
        0);
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

  /** The same under another name at the broker. */
  MqttSettings as(String otherClientId) {
    return new MqttSettings(
        name,
        broker,
        allowPlaintext,
        tls,
        credentials,
        otherClientId,
        topics,
        keepAlive,
        connectTimeout,
        retryAtFirst,
        retryAtMost,
        inFlight,
        version,
        alpn,
        maxPacketBytes);
  }

  String topic(String channel) {
    return topics.topic(channel);
  }
}
