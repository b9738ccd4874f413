package city.mycelium.protobuf;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes one message, field by field, in the order in which it is told. Fields that hold their
 * preset are written too: Kura and Sparkplug B are proto2, where a field that is there says more
 * than one that is not. For one thread.
 */
public final class MessageWriter {

  // Wire types (protobuf.dev, Encoding, Message Structure).
  static final int VARINT = 0;
  static final int EIGHT_BYTES = 1;
  static final int LENGTH_AND_BYTES = 2;
  static final int FOUR_BYTES = 5;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);

  /** An int32, int64, uint32, uint64 or enum; a negative one takes ten bytes. */
  public MessageWriter whole(int field, long value) {
    tag(field, VARINT);
    varint(value);
    return this;
  }

  public MessageWriter truth(int field, boolean value) {
    return whole(field, value ? 1 : 0);
  }

  /** A double. */
  public MessageWriter number(int field, double value) {
    tag(field, EIGHT_BYTES);
    long bits = Double.doubleToRawLongBits(value);
    for (int shift = 0; shift < 64; shift += 8) {
      bytes.write((int) (bits >>> shift));
    }
    return this;
  }

  /** A string; half of a surrogate pair becomes a question mark. */
  public MessageWriter text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  public MessageWriter bytes(int field, byte[] value) {
    tag(field, LENGTH_AND_BYTES);
    varint(value.length);
    bytes.writeBytes(value);
    return this;
  }

  /** A message within this one. */
  public MessageWriter message(int field, MessageWriter value) {
    return bytes(field, value.toBytes());
  }

  public int length() {
    return bytes.size();
  }

  public byte[] toBytes() {
    return bytes.toByteArray();
  }

  private void tag(int field, int wireType) {
    varint(((long) field << 3) | wireType);
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }
}
