package city.mycelium.driver.lorawan.internal.region;

import city.mycelium.driver.lorawan.internal.radio.DataRate;
import java.time.Duration;

/**
 * How long a frame is on the air. Pure.
 *
 * <p>LoRa: Semtech SX1276/77/78/79 datasheet, 4.1.1.6 and 4.1.1.7, the same as AN1200.13, section
 * 4, with LoRaWAN's settings: eight preamble symbols, an explicit header, coding rate 4/5, and low
 * data rate optimisation where a symbol takes 16 ms or more. FSK: RP002, 4.2: five bytes of
 * preamble, three of sync word, one of length, two of CRC.
 */
public final class TimeOnAir {

  private static final double PREAMBLE_SYMBOLS = 8 + 4.25;
  private static final int CODING_RATE = 1;
  private static final double SLOW_SYMBOL_MILLIS = 16;
  private static final int FSK_AROUND = 5 + 3 + 1;
  private static final int FSK_CRC = 2;

  private TimeOnAir() {}

  /**
   * Of a frame.
   *
   * @param bytes of the PHYPayload
   * @param withCrc uplinks have one, downlinks have none (LoRaWAN 1.0.3, 3.2)
   */
  public static Duration of(DataRate dataRate, int bytes, boolean withCrc) {
    if (dataRate instanceof DataRate.Lora lora) {
      return lora(lora, bytes, withCrc);
    }
    DataRate.Fsk fsk = (DataRate.Fsk) dataRate;
    long bits = 8L * (FSK_AROUND + bytes + (withCrc ? FSK_CRC : 0));
    return Duration.ofNanos(bits * 1_000_000_000L / fsk.bitsPerSecond());
  }

  private static Duration lora(DataRate.Lora lora, int bytes, boolean withCrc) {
    int sf = lora.spreadingFactor();
    double symbolMillis = (double) (1 << sf) / lora.bandwidthKhz();
    int slow = symbolMillis >= SLOW_SYMBOL_MILLIS ? 1 : 0;
    double bits = 8.0 * bytes - 4.0 * sf + 28 + (withCrc ? 16 : 0);
    double payloadSymbols =
        8 + Math.max(Math.ceil(bits / (4.0 * (sf - 2 * slow))) * (CODING_RATE + 4), 0);
    return Duration.ofNanos(
        Math.round((PREAMBLE_SYMBOLS + payloadSymbols) * symbolMillis * 1_000_000));
  }
}
