package city.mycelium.driver.lorawan.internal.phy;

/** Numbers in the byte order of LoRaWAN: the lowest byte first (1.2). */
final class Bytes {

  private static final int BITS = 8;

  private Bytes() {}

  static long read(byte[] from, int at, int length) {
    long value = 0;
    for (int i = length - 1; i >= 0; i--) {
      value = (value << BITS) | (from[at + i] & 0xffL);
    }
    return value;
  }

  static void write(long value, byte[] to, int at, int length) {
    long rest = value;
    for (int i = 0; i < length; i++) {
      to[at + i] = (byte) rest;
      rest >>>= BITS;
    }
  }

  static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
