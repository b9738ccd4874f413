package city.mycelium.driver.i2c.internal.chip;

/**
 * The CRC of 8 bits that most sensors have on I²C: polynomial 0x31 (x8 + x5 + x4 + 1), begins with
 * 0xFF, each byte from its highest bit on, no final XOR (CRC-8/NRSC-5 of the catalogues;
 * Sensirion's SHT3x-DIS, table 20).
 */
final class Crc8 {

  private static final int POLYNOMIAL = 0x31;

  private Crc8() {}

  /** Over bytes, each 0 to 255, from a place to another, exclusive. */
  static int of(int[] bytes, int from, int to) {
    int crc = 0xFF;
    for (int i = from; i < to; i++) {
      crc ^= bytes[i];
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x80) == 0 ? crc << 1 : (crc << 1 ^ POLYNOMIAL) & 0xFF;
      }
    }
    return crc;
  }
}
