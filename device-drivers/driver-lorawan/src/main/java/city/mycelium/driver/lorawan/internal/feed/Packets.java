package city.mycelium.driver.lorawan.internal.feed;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The packets that one who only listens sends (MQTT 3.1.1, 3). */
final class Packets {

  private static final int LEVEL_3_1_1 = 4;
  private static final int FLAG_USER = 0x80;
  private static final int FLAG_PASSWORD = 0x40;
  private static final int AT_LEAST_ONCE = 1;

  private Packets() {}

  /**
   * CONNECT (3.1) without a clean session: the broker keeps for us what comes while we are away.
   *
   * @param password null: none
   */
  static byte[] connect(
      String clientId, int keepAliveSeconds, @Nullable String user, byte @Nullable [] password) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    text(body, "MQTT".getBytes(StandardCharsets.US_ASCII));
    body.write(LEVEL_3_1_1);
    body.write((user == null ? 0 : FLAG_USER) | (password == null ? 0 : FLAG_PASSWORD));
    number(body, keepAliveSeconds);
    text(body, clientId.getBytes(StandardCharsets.UTF_8));
    if (user != null) {
      text(body, user.getBytes(StandardCharsets.UTF_8));
    }
    if (password != null) {
      text(body, password);
    }
    return packet(0x10, body.toByteArray());
  }

  /** SUBSCRIBE (3.8), at least once. */
  static byte[] subscribe(int id, List<String> topics) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    number(body, id);
    for (String topic : topics) {
      text(body, topic.getBytes(StandardCharsets.UTF_8));
      body.write(AT_LEAST_ONCE);
    }
    return packet(0x82, body.toByteArray());
  }

  /** PUBACK (3.4). */
  static byte[] puback(int id) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    number(body, id);
    return packet(0x40, body.toByteArray());
  }

  /** PINGREQ (3.12). */
  static byte[] pingreq() {
    return packet(0xc0, new byte[0]);
  }

  private static byte[] packet(int first, byte[] body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(first);
    int rest = body.length;
    do { // 2.2.3
      int digit = rest & 0x7f;
      rest >>= 7;
      bytes.write(rest > 0 ? digit | 0x80 : digit);
    } while (rest > 0);
    bytes.writeBytes(body);
    return bytes.toByteArray();
  }

  private static void text(ByteArrayOutputStream out, byte[] text) {
    if (text.length > 0xffff) {
      throw new IllegalArgumentException("MQTT's texts have at most 65535 bytes");
    }
    number(out, text.length);
    out.writeBytes(text);
  }

  private static void number(ByteArrayOutputStream out, int number) {
    out.write(number >> 8);
    out.write(number);
  }
}
