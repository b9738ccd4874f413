package city.mycelium.aggregation.internal.fold;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Packs the state of a Fold: a version, then whole numbers in as few bytes as they need. Not
 * thread-safe.
 */
final class PackedWriter {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  PackedWriter(int version) {
    out.write(version);
  }

  /** A number that is seldom negative: 7 bits a byte, the lowest first (LEB128). */
  PackedWriter number(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
    return this;
  }

  /** A number around zero: the sign goes last, so that small ones stay short (zigzag). */
  PackedWriter signed(long value) {
    return number((value << 1) ^ (value >> 63));
  }

  /** All 64 bits. */
  PackedWriter real(double value) {
    out.writeBytes(ByteBuffer.allocate(Double.BYTES).putDouble(value).array());
    return this;
  }

  PackedWriter text(String value) {
    return bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  PackedWriter bytes(byte[] value) {
    number(value.length);
    out.writeBytes(value);
    return this;
  }

  byte[] toBytes() {
    return out.toByteArray();
  }
}
