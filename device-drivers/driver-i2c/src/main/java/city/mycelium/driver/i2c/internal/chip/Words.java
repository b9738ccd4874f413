package city.mycelium.driver.i2c.internal.chip;

/** Numbers out of the bytes of registers, each byte 0 to 255. */
final class Words {

  private Words() {}

  /** Two bytes, the high one first, 0 to 65535. */
  static int big(int[] bytes, int at) {
    return bytes[at] << 8 | bytes[at + 1];
  }

  /** Two bytes, the high one first, in two's complement. */
  static int bigSigned(int[] bytes, int at) {
    return (short) big(bytes, at);
  }

  /** Two bytes, the low one first, 0 to 65535. */
  static int little(int[] bytes, int at) {
    return bytes[at + 1] << 8 | bytes[at];
  }

  /** Two bytes, the low one first, in two's complement. */
  static int littleSigned(int[] bytes, int at) {
    return (short) little(bytes, at);
  }
}
