package city.mycelium.driver.serial.internal.dsmr;

import city.mycelium.api.device.Results;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.driver.serial.internal.frame.Checksums;
import city.mycelium.driver.serial.internal.frame.FrameSearch.Find;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a telegram says of energy, gas and water, and nothing else of it: no equipment identifier,
 * no message, no log of failures.
 *
 * <p>Source: Netbeheer Nederland, "P1 Companion Standard" 5.0.2 (2016), here "P1".
 *
 * @param time when the meter wrote it; null if its clock is not set
 */
record Telegram(@Nullable PhenomenonTime time, List<MeterValue> values) {

  /**
   * A telegram of DSMR 5 with the longest message (P1 6.12: 1024 octets, as 2048 digits) and the
   * longest log stays below 5000; the port keeps 8192.
   */
  private static final int LONGEST = 7_000;

  private static final int CRC_DIGITS = 4;

  /** P1 6.2: x16 + x15 + x2 + 1, the least significant bit first, no exclusive or in and out. */
  private static final int POLYNOMIAL = 0xA001;

  Telegram {
    values = List.copyOf(values);
  }

  /**
   * P1 6.2: a slash, the identification, lines, an exclamation mark, and the CRC of all of that in
   * four hexadecimal digits. A line that begins with a slash begins another telegram.
   */
  static Find<Telegram> at(byte[] bytes, int slash) {
    if (bytes[slash] != '/') {
      return Find.none();
    }
    int end = slash + 1;
    while (end < bytes.length && bytes[end] != '!') {
      boolean another = bytes[end] == '/' && bytes[end - 1] == '\n';
      if (another || !isText(bytes[end]) || end - slash > LONGEST) {
        return Find.none();
      }
      end++;
    }
    int crc = 0;
    for (int i = end + 1; i <= end + CRC_DIGITS && i < bytes.length; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0) {
        return Find.none();
      }
      crc = crc << 4 | digit;
    }
    int after = end + 1 + CRC_DIGITS;
    if (after > bytes.length) {
      return Find.unfinished();
    }
    return crc == Checksums.reflectedCrc16(bytes, slash, end + 1, POLYNOMIAL, 0)
        ? Find.frame(read(bytes, slash, end), after - slash)
        : Find.none();
  }

  private static boolean isText(byte octet) {
    return (octet >= ' ' && octet <= '~') || octet == '\r' || octet == '\n';
  }

  private static Telegram read(byte[] bytes, int slash, int end) {
    TelegramLines lines = new TelegramLines();
    new String(bytes, slash, end - slash, StandardCharsets.US_ASCII).lines().forEach(lines::add);
    return lines.telegram();
  }

  /** Hands over what it says; of another meter with the time that that one told. */
  void put(Results results) {
    if (time != null) {
      results.at(time);
    }
    for (MeterValue value : values) {
      if (value.time() == null) {
        results.put(value.output(), value.result());
      } else {
        results.put(value.output(), value.result(), value.time());
      }
    }
  }
}
