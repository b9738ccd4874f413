package city.mycelium.dialect.citizen.internal;

import city.mycelium.api.connector.PercentEncoding;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Names and values as a form carries them (WHATWG URL, 5: application/x-www-form-urlencoded). */
final class FormText {

  private FormText() {}

  static String encode(String text) {
    return PercentEncoding.of(text, "* ").replace(' ', '+').replace("~", "%7E");
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
