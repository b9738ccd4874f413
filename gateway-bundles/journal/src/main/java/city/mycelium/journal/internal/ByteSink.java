package city.mycelium.journal.internal;

import java.util.Arrays;

/**
 * Bytes being written, one after another; grows as needed. For one thread.
 *
 * <p>A varint holds 7 bits per byte, the lowest first, the top bit set on all but the last byte; a
 * signed one is zigzag folded first, so that small numbers of either sign stay short (the encoding
 * of Protocol Buffers, "Base 128 Varints" and "Signed Integers").
 */
final class ByteSink {

  private byte[] bytes;
  private int size;

  ByteSink(int expectedSize) {
    bytes = new byte[Math.max(16, expectedSize)];
  }

  int size() {
    return size;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  void u8(int value) {
    room(1);
    bytes[size++] = (byte) value;
  }

  /** Eight bytes, the highest first. */
  void fixed64(long value) {
    room(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
  }

  /** As an unsigned number of 64 bits. */
  void varint(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  void signed(long value) {
    varint((value << 1) ^ (value >> 63));
  }

  void bytes(byte[] more) {
    room(more.length);
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
  }

  /** Another sink's bytes, after a varint that says how many. */
  void section(ByteSink other) {
    varint(other.size);
    room(other.size);
    System.arraycopy(other.bytes, 0, bytes, size, other.size);
    size += other.size;
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }
}
