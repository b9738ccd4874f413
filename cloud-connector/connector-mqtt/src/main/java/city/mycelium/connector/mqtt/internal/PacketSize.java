package city.mycelium.connector.mqtt.internal;

import java.nio.charset.StandardCharsets;

/** How long a PUBLISH packet gets (MQTT 5 and 3.1.1, 3.3), to hold against the broker's limit. */
final class PacketSize {

  /** Length of a string or of binary data, before it (MQTT 5, 1.5.4 and 1.5.6). */
  private static final int LENGTH = 2;

  private static final int PACKET_TYPE = 1;
  private static final int PACKET_ID = 2;
  private static final int PROPERTY_ID = 1;

  /** Paho adds a Topic Alias where the broker offers some (MQTT 5, 3.3.2.3.4). */
  private static final int TOPIC_ALIAS = PROPERTY_ID + 2;

  private PacketSize() {}

  /** Bytes of a PUBLISH of QoS 1 in MQTT 3.1.1, which has no properties. */
  static long ofPublish(String topic, byte[] payload) {
    return ofPacket(LENGTH + utf8(topic) + PACKET_ID + (long) payload.length);
  }

  /** Bytes of a PUBLISH of QoS 1 in MQTT 5, with a content type. */
  static long ofPublish(String topic, String mediaType, byte[] payload) {
    int properties = PROPERTY_ID + LENGTH + utf8(mediaType) + TOPIC_ALIAS;
    long remaining =
        LENGTH
            + utf8(topic)
            + PACKET_ID
            + bytesOfVariable(properties)
            + properties
            + (long) payload.length;
    return ofPacket(remaining);
  }

  private static long ofPacket(long remaining) {
    return PACKET_TYPE + bytesOfVariable(remaining) + remaining;
  }

  /** MQTT 5, 1.5.5: seven bits a byte. */
  private static int bytesOfVariable(long value) {
    int bytes = 1;
    for (long rest = value >> 7; rest > 0; rest >>= 7) {
      bytes++;
    }
    return bytes;
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
