package city.mycelium.driver.serial.internal.gnss;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Makes sentences for tests, with their checksum. */
final class Nmea {

  private Nmea() {}

  /** What stands between the dollar sign and the star, made a sentence. */
  static byte[] sentence(String text) {
    int sum = 0;
    for (char c : text.toCharArray()) {
      sum ^= c;
    }
    return ascii(String.format(Locale.ROOT, "$%s*%02X\r\n", text, sum));
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
