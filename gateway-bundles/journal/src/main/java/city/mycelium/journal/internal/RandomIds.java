package city.mycelium.journal.internal;

import city.mycelium.api.observation.GatewayId;
import java.security.SecureRandom;

/** Names that nobody else will ever draw. */
final class RandomIds {

  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final SecureRandom RANDOM = new SecureRandom();

  private RandomIds() {}

  /** 128 random bits in lowercase base32 without padding (RFC 4648, 6). */
  static GatewayId gateway() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return new GatewayId(base32(bytes));
  }

  /** 64 random bits. */
  static long epoch() {
    return RANDOM.nextLong();
  }

  static String base32(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    int bits = 0;
    int held = 0;
    for (byte next : bytes) {
      held = held << 8 | (next & 0xFF);
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text.append(ALPHABET.charAt(held >>> bits & 0x1F));
      }
    }
    if (bits > 0) {
      text.append(ALPHABET.charAt(held << (5 - bits) & 0x1F));
    }
    return text.toString();
  }
}
