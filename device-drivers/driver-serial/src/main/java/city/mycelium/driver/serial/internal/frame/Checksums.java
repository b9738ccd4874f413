package city.mycelium.driver.serial.internal.frame;

/** Checksums over a part of a frame, from a place to another, exclusive. */
public final class Checksums {

  private static final int BITS = 8;

  private Checksums() {}

  /** The sum of all octets. */
  public static int sum(byte[] bytes, int from, int to) {
    int sum = 0;
    for (int i = from; i < to; i++) {
      sum += Octets.at(bytes, i);
    }
    return sum;
  }

  /** The exclusive or of all octets. */
  public static int xor(byte[] bytes, int from, int to) {
    int xor = 0;
    for (int i = from; i < to; i++) {
      xor ^= Octets.at(bytes, i);
    }
    return xor;
  }

  /**
   * A CRC of 16 bits that takes each octet from its lowest bit on: CRC-16/ARC begins with 0,
   * CRC-16/MODBUS with 0xFFFF.
   *
   * @param polynomial with its bits in reverse, such as 0xA001 for x16 + x15 + x2 + 1
   */
  public static int reflectedCrc16(byte[] bytes, int from, int to, int polynomial, int begin) {
    int crc = begin;
    for (int i = from; i < to; i++) {
      crc ^= Octets.at(bytes, i);
      for (int bit = 0; bit < BITS; bit++) {
        crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ polynomial;
      }
    }
    return crc;
  }

  /**
   * CRC-16/CCITT-FALSE: each octet from its highest bit on, polynomial 0x1021, begins with FFFF.
   */
  public static int crc16Ccitt(byte[] bytes, int from, int to) {
    int crc = 0xffff;
    for (int i = from; i < to; i++) {
      crc ^= Octets.at(bytes, i) << BITS;
      for (int bit = 0; bit < BITS; bit++) {
        crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ 0x1021;
      }
    }
    return crc & 0xffff;
  }
}
