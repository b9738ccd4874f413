package city.mycelium.driver.lorawan.internal.gwmp;

import city.mycelium.driver.lorawan.internal.radio.DataRate;
import city.mycelium.driver.lorawan.internal.radio.Downlink.Window;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The datagrams that a server sends (PROTOCOL.TXT, 3.3, 5.3 and 5.4). */
final class Answers {

  private static final int HEADER = 4;
  private static final int MHZ_DECIMALS = 6;

  /** LoRaWAN regional parameters, 2.2: all LoRa downlinks are coded so. */
  private static final String CODING_RATE = "4/5";

  private static final int LORA_PREAMBLE = 8;

  /** RP002-1.0.3, 4.3: preamble of GFSK, bytes. */
  private static final int FSK_PREAMBLE = 5;

  private Answers() {}

  static byte[] pushAck(Header to) {
    return header(to.version(), to.token(), Codes.PUSH_ACK, 0).array();
  }

  static byte[] pullAck(Header to) {
    return header(to.version(), to.token(), Codes.PULL_ACK, 0).array();
  }

  /**
   * A frame for the air.
   *
   * @param uplinkTmst when the uplink was heard, by the concentrator's counter
   */
  static byte[] pullResp(
      int version, int token, byte[] phyPayload, Window window, long uplinkTmst) {
    byte[] json = txpk(phyPayload, window, uplinkTmst).getBytes(StandardCharsets.US_ASCII);
    return header(version, token, Codes.PULL_RESP, json.length).put(json).array();
  }

  private static ByteBuffer header(int version, int token, int code, int more) {
    return ByteBuffer.allocate(HEADER + more)
        .put((byte) version)
        .putShort((short) token)
        .put((byte) code);
  }

  /** PROTOCOL.TXT, 6. No text in it comes from elsewhere, so that nothing needs escaping. */
  private static String txpk(byte[] phyPayload, Window window, long uplinkTmst) {
    String modulation;
    if (window.dataRate() instanceof DataRate.Fsk fsk) {
      // LoRaWAN's GFSK deviates by half its bit rate: 25 kHz at 50 kbit/s (RP002-1.0.3, 4.3).
      modulation =
          "\"modu\":\"FSK\",\"datr\":"
              + fsk.bitsPerSecond()
              + ",\"fdev\":"
              + fsk.bitsPerSecond() / 2
              + ",\"prea\":"
              + FSK_PREAMBLE;
    } else {
      modulation =
          "\"modu\":\"LORA\",\"datr\":\""
              + window.dataRate()
              + "\",\"codr\":\""
              + CODING_RATE
              + "\",\"ipol\":true,\"prea\":"
              + LORA_PREAMBLE;
    }
    return "{\"txpk\":{\"imme\":false,\"tmst\":"
        + after(uplinkTmst, window.delay().toNanos() / 1_000)
        + ",\"freq\":"
        + megahertz(window.frequencyHz())
        + ",\"rfch\":0,\"powe\":"
        + (long) Math.floor(window.powerDbm())
        + ","
        + modulation
        + ",\"size\":"
        + phyPayload.length
        + ",\"ncrc\":true,\"data\":\""
        + Base64Text.write(phyPayload)
        + "\"}}";
  }

  /** The counter so many microseconds later; it has 32 bits and begins again at 0. */
  static long after(long tmst, long micros) {
    return tmst + micros & 0xffff_ffffL;
  }

  private static String megahertz(long hertz) {
    return BigDecimal.valueOf(hertz, MHZ_DECIMALS).stripTrailingZeros().toPlainString();
  }
}
