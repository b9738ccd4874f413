package city.mycelium.connector.mqtt.internal;

/**
 * What a broker's reason codes mean to whoever runs the gateway, and what to do (MQTT 5, 2.4, table
 * 2-6).
 */
final class ReasonCode {

  /** MQTT 5, 3.2.2.2: Unsupported Protocol Version. */
  static final int UNSUPPORTED_VERSION = 0x84;

  /** From here on a code says that something failed (MQTT 5, 2.4). */
  private static final int FIRST_FAILURE = 0x80;

  /** MQTT 5, 3.4.2.1: the payload is not what its Payload Format Indicator says. */
  private static final int PAYLOAD_FORMAT_INVALID = 0x99;

  private ReasonCode() {}

  static boolean isFailure(int code) {
    return code >= FIRST_FAILURE;
  }

  /**
   * Whether a PUBLISH that was refused with this code (MQTT 5, 3.4.2.1) can never be taken. Only
   * what is wrong with the bytes themselves: what a change at the broker or in the configuration
   * puts right (rights, quota, topic name) must not cost data.
   */
  static boolean isPermanent(int code) {
    return code == PAYLOAD_FORMAT_INVALID;
  }

  /** Whether a code stands in the table: a client may use others for faults of its own. */
  static boolean isKnown(int code) {
    return code >= FIRST_FAILURE && code <= 0xA2;
  }

  static String words(int code) {
    String what =
        switch (code) {
          case 0x80 -> "it does not say why";
          case 0x81, 0x82 -> "it does not understand what we sent";
          case 0x83 -> "for a reason of its own; see its log";
          case UNSUPPORTED_VERSION -> "it does not speak MQTT 5";
          case 0x85 -> "it does not accept the client id: choose another";
          case 0x86 -> "wrong user or password: check user and passwordFile";
          case 0x87 -> "not authorized: check user, passwordFile and the broker's access rules";
          case 0x88 -> "it is not available";
          case 0x89 -> "it is busy";
          case 0x8A -> "this client is banned: ask its operator";
          case 0x8B -> "it is shutting down";
          case 0x8C -> "it wants another way to authenticate";
          case 0x8D -> "it has not heard from us for too long";
          case 0x8E ->
              "another client with the same client id took over: is a second gateway configured alike?";
          case 0x8F, 0x90 -> "it does not accept the topic: check topicPrefix or topicTemplate";
          case 0x91, 0x92, 0x93, 0x94 -> "it found our packets out of order";
          case 0x95 -> "the message is larger than it takes";
          case 0x96 -> "too many messages at a time";
          case 0x97 -> "a quota is used up: ask its operator";
          case 0x98 -> "its operator closed the connection";
          case PAYLOAD_FORMAT_INVALID -> "the payload is not of the format it says";
          case 0x9A -> "it does not keep messages (retain), which status and acknowledgements need";
          case 0x9B -> "it does not do QoS 1, without which nothing is certain";
          case 0x9C, 0x9D -> "another broker is to be used: ask its operator for the address";
          case 0x9E, 0xA1, 0xA2 -> "it does not offer what we asked for";
          case 0x9F -> "too many connections at a time";
          case 0xA0 -> "the connection has stood as long as it may";
          default -> "it gives a reason that MQTT 5 does not know";
        };
    return String.format("%s (reason code 0x%02X)", what, code);
  }
}
