package city.mycelium.dialect.senml.internal;

import city.mycelium.dialect.senml.SenmlException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** What {@link BlockOut} wrote, read back without believing any of it. For one thread. */
final class BlockIn {

  private final byte[] bytes;
  private int position;

  BlockIn(byte[] bytes, int from) {
    this.bytes = bytes;
    this.position = from;
  }

  int octet() throws SenmlException {
    need(1);
    return bytes[position++] & 0xff;
  }

  /** Not negative. */
  long varint() throws SenmlException {
    long value = bits();
    if (value < 0) {
      throw fault("a whole number has at most 63 bits");
    }
    return value;
  }

  long signed() throws SenmlException {
    long value = bits();
    return (value >>> 1) ^ -(value & 1);
  }

  private long bits() throws SenmlException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int octet = octet();
      if (shift == 63 && octet > 1) {
        break;
      }
      value |= (long) (octet & 0x7f) << shift;
      if (octet < 0x80) {
        return value;
      }
    }
    throw fault("a whole number has at most 64 bits");
  }

  long fixed() throws SenmlException {
    need(8);
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value = (value << 8) | (bytes[position++] & 0xff);
    }
    return value;
  }

  /**
   * A text.
   *
   * @param most bytes that it may have
   */
  String text(int most, String what) throws SenmlException {
    long length = varint();
    if (length > most) {
      throw fault(what + " has at most " + most + " bytes, not " + length);
    }
    need((int) length);
    ByteBuffer utf8 = ByteBuffer.wrap(bytes, position, (int) length);
    position += (int) length;
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
    } catch (CharacterCodingException e) {
      throw new SenmlException(what + " is not UTF-8", position, e);
    }
  }

  /**
   * A number of things that follow, each of at least so many bytes.
   *
   * @throws SenmlException if there is no room for so many: no array is made on a promise
   */
  int count(int leastBytes, String what) throws SenmlException {
    long count = varint();
    if (count > remaining() / leastBytes) {
      throw fault("there is no room for " + count + " " + what);
    }
    return (int) count;
  }

  int remaining() {
    return bytes.length - position;
  }

  int position() {
    return position;
  }

  void end() throws SenmlException {
    if (remaining() != 0) {
      throw fault("something follows the end of the block");
    }
  }

  SenmlException fault(String message) {
    return new SenmlException(message, position);
  }

  private void need(int count) throws SenmlException {
    if (remaining() < count) {
      throw fault("the block ends too early");
    }
  }
}
