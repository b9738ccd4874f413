package city.mycelium.driver.lorawan.internal.gwmp;

import city.mycelium.driver.lorawan.internal.radio.DataRate;

/** A LoRa data rate as packet forwarders write it: {@code SF7BW125} (PROTOCOL.TXT, 4). */
final class DataRateText {

  private static final int MOST_DIGITS = 3;

  private DataRateText() {}

  /**
   * Reads it, without a regular expression: once for each frame.
   *
   * @throws IllegalArgumentException if there is no such data rate
   */
  static DataRate.Lora lora(String text) {
    int bandwidthAt = text.indexOf("BW");
    if (!text.startsWith("SF") || bandwidthAt < 0) {
      throw new IllegalArgumentException("datr is not like SF7BW125");
    }
    return new DataRate.Lora(
        digits(text, "SF".length(), bandwidthAt),
        digits(text, bandwidthAt + "BW".length(), text.length()));
  }

  private static int digits(String text, int from, int to) {
    if (from >= to || to - from > MOST_DIGITS) {
      throw new IllegalArgumentException("datr is not like SF7BW125");
    }
    int number = 0;
    for (int i = from; i < to; i++) {
      char digit = text.charAt(i);
      if (digit < '0' || digit > '9') {
        throw new IllegalArgumentException("datr is not like SF7BW125");
      }
      number = 10 * number + digit - '0';
    }
    return number;
  }
}
