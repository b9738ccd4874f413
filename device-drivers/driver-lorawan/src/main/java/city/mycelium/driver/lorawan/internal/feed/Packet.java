package city.mycelium.driver.lorawan.internal.feed;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A packet that a broker sends (MQTT 3.1.1, 2).
 *
 * @param type upper half of its first byte
 * @param flags lower half of it
 * @param body the rest, or its beginning
 * @param isWhole whether the body is all there: what is longer than was allowed is cut
 */
@SuppressWarnings("ArrayRecordComponent") // travels once, from the socket to who reads it
record Packet(int type, int flags, byte[] body, boolean isWhole) {

  // MQTT 3.1.1, table 2.1.
  static final int CONNACK = 2;
  static final int PUBLISH = 3;
  static final int SUBACK = 9;
  static final int PINGRESP = 13;

  /** A topic and a packet id must fit (MQTT 3.1.1, 1.5.3): then what is cut can be acknowledged. */
  private static final int LEAST_KEPT = 65_535 + 4;

  private static final int MOST_LENGTH_BYTES = 4;

  /**
   * Reads the next one.
   *
   * @param mostBytes of what is longer only the beginning is kept
   * @throws IOException if the line ends, or it is not MQTT that comes
   */
  static Packet read(InputStream in, int mostBytes) throws IOException {
    int first = next(in);
    int length = 0;
    for (int i = 0; ; i++) { // MQTT 3.1.1, 2.2.3: seven bits a byte, the lowest first
      int digit = next(in);
      length |= (digit & 0x7f) << (7 * i);
      if ((digit & 0x80) == 0) {
        break;
      }
      if (i + 1 == MOST_LENGTH_BYTES) {
        throw new IOException("what it sends is not MQTT");
      }
    }
    boolean whole = length <= mostBytes;
    int kept = whole ? length : Math.min(length, LEAST_KEPT);
    byte[] body = in.readNBytes(kept);
    if (body.length < kept) {
      throw new EOFException("the connection ended in the middle of a packet");
    }
    in.skipNBytes(length - kept);
    return new Packet(first >> 4, first & 0x0f, body, whole);
  }

  private static int next(InputStream in) throws IOException {
    int b = in.read();
    if (b < 0) {
      throw new EOFException("the connection ended");
    }
    return b;
  }

  /**
   * A PUBLISH (MQTT 3.1.1, 3.3).
   *
   * @param qos 0 or 1
   * @param id of the packet; 0 with QoS 0
   */
  @SuppressWarnings("ArrayRecordComponent") // as above
  record Publish(String topic, int qos, int id, byte[] payload) {}

  /**
   * Reads this packet as a PUBLISH.
   *
   * @throws IOException if it is not one that a broker may send us
   */
  Publish publish() throws IOException {
    int qos = flags >> 1 & 0x3;
    ByteBuffer bytes = ByteBuffer.wrap(body);
    if (qos > 1 || bytes.remaining() < 2) {
      throw new IOException("it sends a PUBLISH that was not asked for");
    }
    int topicLength = bytes.getShort() & 0xffff;
    if (bytes.remaining() < topicLength + (qos == 0 ? 0 : 2)) {
      throw new IOException("it sends a PUBLISH that is cut");
    }
    byte[] topic = new byte[topicLength];
    bytes.get(topic);
    int id = qos == 0 ? 0 : bytes.getShort() & 0xffff;
    byte[] payload = new byte[bytes.remaining()];
    bytes.get(payload);
    return new Publish(new String(topic, StandardCharsets.UTF_8), qos, id, payload);
  }
}
