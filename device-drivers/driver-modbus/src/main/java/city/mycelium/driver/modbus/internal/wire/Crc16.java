package city.mycelium.driver.modbus.internal.wire;

/** The checksum of RTU frames (MODBUS over Serial Line V1.02, 6.2.2): polynomial 0xA001. */
final class Crc16 {

  private static final int START = 0xFFFF;
  private static final int POLYNOMIAL = 0xA001;

  /** Bytes of the checksum behind a frame, the low one first (2.5.1.2). */
  static final int BYTES = 2;

  /** Unit, function, checksum. */
  private static final int LEAST_FRAME = 2 + BYTES;

  private Crc16() {}

  static int of(byte[] bytes, int from, int to) {
    int crc = START;
    for (int i = from; i < to; i++) {
      crc ^= bytes[i] & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 1 ? crc >> 1 ^ POLYNOMIAL : crc >> 1;
      }
    }
    return crc;
  }

  /** Whether the two bytes before {@code to} are the checksum of those from {@code from} on. */
  static boolean holds(byte[] bytes, int from, int to) {
    int crc = of(bytes, from, to - BYTES);
    return (bytes[to - 2] & 0xFF) == (crc & 0xFF) && (bytes[to - 1] & 0xFF) == crc >> 8;
  }

  /** Whether bytes begin with a frame of whatever length. */
  static boolean holdsAtStart(byte[] bytes) {
    for (int to = LEAST_FRAME; to <= bytes.length; to++) {
      if (holds(bytes, 0, to)) {
        return true;
      }
    }
    return false;
  }
}
