package city.mycelium.driver.lorawan.internal.gwmp;

import city.mycelium.driver.lorawan.internal.guard.RefusedException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Base64 as packet forwarders write it: PROTOCOL.TXT (section 4) says padded, and its own examples
 * leave the padding out and mix the two alphabets of RFC 4648 in one text. All of that is read;
 * written is RFC 4648, section 4, padded.
 */
final class Base64Text {

  private static final byte[] VALUES = new byte[128];
  private static final int BITS = 6;

  static {
    Arrays.fill(VALUES, (byte) -1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    for (int i = 0; i < alphabet.length(); i++) {
      VALUES[alphabet.charAt(i)] = (byte) i;
    }
    VALUES['+'] = 62;
    VALUES['-'] = 62;
    VALUES['/'] = 63;
    VALUES['_'] = 63;
  }

  private Base64Text() {}

  /**
   * Reads it. Bits beyond the last whole byte are not looked at: an example of PROTOCOL.TXT has
   * some.
   *
   * @throws RefusedException if it is no base64
   */
  static byte[] read(String text) throws RefusedException {
    int length = text.length();
    while (length > 0 && length > text.length() - 2 && text.charAt(length - 1) == '=') {
      length--;
    }
    if (length % 4 == 1) {
      throw new RefusedException("data is cut: " + length + " digits of base64 make no bytes");
    }
    byte[] bytes = new byte[length * BITS / 8];
    int bits = 0;
    int held = 0;
    int at = 0;
    for (int i = 0; i < length; i++) {
      char digit = text.charAt(i);
      int value = digit < VALUES.length ? VALUES[digit] : -1;
      if (value < 0) {
        throw new RefusedException("data is no base64");
      }
      held = held << BITS | value;
      bits += BITS;
      if (bits >= 8) {
        bits -= 8;
        bytes[at++] = (byte) (held >> bits);
      }
    }
    return bytes;
  }

  static String write(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
