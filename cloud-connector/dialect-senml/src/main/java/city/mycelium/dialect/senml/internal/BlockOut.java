package city.mycelium.dialect.senml.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes that grow, with the few ways in which a block writes them (docs/wire.md, 8). For one
 * thread.
 */
final class BlockOut {

  private static final int LOW_SEVEN = 0x7f;
  private static final int MORE = 0x80;

  private byte[] bytes;
  private int length;

  BlockOut(int expectedBytes) {
    bytes = new byte[Math.max(16, expectedBytes)];
  }

  void octet(int value) {
    room(1);
    bytes[length++] = (byte) value;
  }

  /** Seven bits at a time, the lowest first; of a negative one all 64 bits. */
  void varint(long value) {
    room(10);
    long rest = value;
    while ((rest & ~LOW_SEVEN) != 0) {
      bytes[length++] = (byte) ((rest & LOW_SEVEN) | MORE);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  /** 0, -1, 1, -2, … as 0, 1, 2, 3, …, so that what is near to zero is short. */
  void signed(long value) {
    varint((value << 1) ^ (value >> 63));
  }

  /** Eight bytes, the highest first. */
  void fixed(long value) {
    room(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (value >>> shift);
    }
  }

  /** Its length in bytes of UTF-8, and these. */
  void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    varint(utf8.length);
    raw(utf8, utf8.length);
  }

  void raw(byte[] source, int count) {
    room(count);
    System.arraycopy(source, 0, bytes, length, count);
    length += count;
  }

  int length() {
    return length;
  }

  /** What was written, in an array that may be longer. */
  byte[] array() {
    return bytes;
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, length);
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
