package city.mycelium.journal.internal;

import java.util.Arrays;

/**
 * The reverse of {@link ByteSink}: reads within bounds, refuses what ends too early and never
 * allocates more than it was given. For one thread.
 */
final class ByteSource {

  private final byte[] bytes;
  private final int end;
  private int at;

  ByteSource(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private ByteSource(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  int remaining() {
    return end - at;
  }

  int u8() throws DamagedBlockException {
    need(1);
    return bytes[at++] & 0xFF;
  }

  long fixed64() throws DamagedBlockException {
    need(8);
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value = value << 8 | (bytes[at++] & 0xFF);
    }
    return value;
  }

  long varint() throws DamagedBlockException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = u8();
      // The tenth byte has room for the one bit that is left of 64.
      if (shift == 63 && next > 1) {
        break;
      }
      value |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new DamagedBlockException("a number has more than 64 bits");
  }

  long signed() throws DamagedBlockException {
    long folded = varint();
    return (folded >>> 1) ^ -(folded & 1);
  }

  /** A varint that has to lie between the two, both included. */
  int varint(int min, int max, String what) throws DamagedBlockException {
    long value = varint();
    if (value < min || value > max) {
      throw new DamagedBlockException(
          what + " has to be " + min + " to " + max + ", but is " + Long.toUnsignedString(value));
    }
    return (int) value;
  }

  byte[] bytes(int count) throws DamagedBlockException {
    need(count);
    at += count;
    return Arrays.copyOfRange(bytes, at - count, at);
  }

  /** Everything that is left. */
  byte[] rest() throws DamagedBlockException {
    return bytes(remaining());
  }

  /** What {@link ByteSink#section} wrote, as a source of its own. */
  ByteSource section() throws DamagedBlockException {
    int length = varint(0, remaining(), "the length of a column");
    // The length itself took bytes from what remained.
    need(length);
    at += length;
    return new ByteSource(bytes, at - length, at);
  }

  private void need(int count) throws DamagedBlockException {
    if (count > end - at) {
      throw new DamagedBlockException("it ends " + (count - (end - at)) + " bytes too early");
    }
  }
}
