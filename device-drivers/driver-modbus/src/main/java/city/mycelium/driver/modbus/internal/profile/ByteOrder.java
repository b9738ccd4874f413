package city.mycelium.driver.modbus.internal.profile;

/**
 * In which order a device puts the bytes of a value into its registers; A is the most significant.
 * Modbus orders the bytes of a register (high byte first, Application Protocol V1.1b3, 4.2) and
 * says nothing of more than one register.
 */
public enum ByteOrder {
  /** High register first: what Modbus suggests. */
  ABCD(false, false),
  /** Low register first. */
  CDAB(true, false),
  /** High register first, in each the low byte first. */
  BADC(false, true),
  /** All the other way round. */
  DCBA(true, true);

  private static final int REGISTER = 2;

  private final boolean lowRegisterFirst;
  private final boolean lowByteFirst;

  ByteOrder(boolean lowRegisterFirst, boolean lowByteFirst) {
    this.lowRegisterFirst = lowRegisterFirst;
    this.lowByteFirst = lowByteFirst;
  }

  /**
   * The bits of a value.
   *
   * @param registers 1 to 4 registers as they came
   */
  long bits(byte[] registers) {
    int count = registers.length / REGISTER;
    long bits = 0;
    for (int i = 0; i < count; i++) {
      int at = (lowRegisterFirst ? count - 1 - i : i) * REGISTER;
      int first = registers[at] & 0xFF;
      int second = registers[at + 1] & 0xFF;
      bits = bits << 16 | (lowByteFirst ? second << 8 | first : first << 8 | second);
    }
    return bits;
  }
}
