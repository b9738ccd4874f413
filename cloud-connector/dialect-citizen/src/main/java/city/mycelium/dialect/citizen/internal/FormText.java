package city.mycelium.dialect.citizen.internal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Names and values as a form carries them (WHATWG URL, 5: application/x-www-form-urlencoded). */
final class FormText {

  private static final String PLAIN =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789*-._";

  private FormText() {}

  static String encode(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (each & 0xff);
      if (c == ' ') {
        encoded.append('+');
      } else {
        encoded.append(
            PLAIN.indexOf(c) >= 0 ? String.valueOf(c) : String.format("%%%02X", (int) c));
      }
    }
    return encoded.toString();
  }

  /**
   * The reverse of {@link #encode}.
   *
   * @throws IllegalArgumentException if a percent sign is not followed by two hexadecimal digits
   */
  static String decode(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < encoded.length; i++) {
      if (encoded[i] == '%') {
        if (i + 2 >= encoded.length) {
          throw new IllegalArgumentException("'" + text + "' ends within an escape");
        }
        String digits = new String(encoded, i + 1, 2, StandardCharsets.US_ASCII);
        bytes.write(Integer.parseUnsignedInt(digits, 16));
        i += 2;
      } else {
        bytes.write(encoded[i] == '+' ? ' ' : encoded[i]);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
