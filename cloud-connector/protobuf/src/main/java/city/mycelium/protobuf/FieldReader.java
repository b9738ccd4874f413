package city.mycelium.protobuf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the fields of one message, one after another: {@link #next}, then one of the others. A
 * field that nobody asked for is passed over. Nothing is copied or made room for that is not there.
 * For one thread.
 */
public final class FieldReader {

  private final ByteBuffer bytes;
  private int field;
  private int wireType;
  private boolean pending;

  public FieldReader(byte[] message) {
    this(ByteBuffer.wrap(message));
  }

  private FieldReader(ByteBuffer message) {
    this.bytes = message.order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Goes to the next field.
   *
   * @return its number, 0 if there is none
   */
  public int next() throws ProtobufException {
    if (pending) {
      skip();
    }
    if (!bytes.hasRemaining()) {
      return 0;
    }
    long tag = varint();
    if (tag >>> 3 < 1 || tag >>> 3 > 536_870_911) {
      throw new ProtobufException("a field has a number of 1 to 536870911");
    }
    field = (int) (tag >>> 3);
    wireType = (int) (tag & 7);
    pending = true;
    return field;
  }

  public long whole() throws ProtobufException {
    expect(MessageWriter.VARINT);
    return varint();
  }

  public boolean truth() throws ProtobufException {
    return whole() != 0;
  }

  /** A double, or a float as one. */
  public double number() throws ProtobufException {
    if (wireType == MessageWriter.FOUR_BYTES) {
      expect(MessageWriter.FOUR_BYTES);
      need(4);
      return bytes.getFloat();
    }
    expect(MessageWriter.EIGHT_BYTES);
    need(8);
    return bytes.getDouble();
  }

  public String text() throws ProtobufException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(slice()).toString();
    } catch (CharacterCodingException e) {
      throw new ProtobufException("field " + field + " is not UTF-8", e);
    }
  }

  public byte[] bytes() throws ProtobufException {
    ByteBuffer slice = slice();
    byte[] copy = new byte[slice.remaining()];
    slice.get(copy);
    return copy;
  }

  /** A message within this one. */
  public FieldReader message() throws ProtobufException {
    return new FieldReader(slice());
  }

  private ByteBuffer slice() throws ProtobufException {
    expect(MessageWriter.LENGTH_AND_BYTES);
    long length = varint();
    if (length < 0 || length > bytes.remaining()) {
      throw new ProtobufException("the message ends too early");
    }
    ByteBuffer slice = bytes.slice(bytes.position(), (int) length);
    bytes.position(bytes.position() + (int) length);
    return slice;
  }

  private void skip() throws ProtobufException {
    switch (wireType) {
      case MessageWriter.VARINT -> whole();
      case MessageWriter.LENGTH_AND_BYTES -> slice();
      case MessageWriter.EIGHT_BYTES, MessageWriter.FOUR_BYTES -> number();
      default -> throw new ProtobufException("wire type " + wireType + " is not used any more");
    }
  }

  private void expect(int type) throws ProtobufException {
    if (!pending || wireType != type) {
      throw new ProtobufException("field " + field + " is of another type than it should be");
    }
    pending = false;
  }

  private long varint() throws ProtobufException {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      need(1);
      int octet = bytes.get();
      value |= shift < 64 ? (long) (octet & 0x7f) << shift : 0;
      if (octet >= 0) {
        return value;
      }
    }
    throw new ProtobufException("a whole number has at most ten bytes");
  }

  private void need(int count) throws ProtobufException {
    if (bytes.remaining() < count) {
      throw new ProtobufException("the message ends too early");
    }
  }
}
