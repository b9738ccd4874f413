package city.mycelium.aggregation.internal.fold;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link PackedWriter} has written. Whatever it was not, and every number that cannot
 * be, is an {@link IllegalArgumentException}; nothing is allocated that the bytes do not pay for.
 * Not thread-safe.
 */
final class PackedReader {

  /** Before the digits of a sum come its exponent and how many bytes they take. */
  private static final int SUM_HEAD_BYTES = 2 * Short.BYTES;

  private final ByteBuffer in;

  PackedReader(byte[] bytes, int version) {
    in = ByteBuffer.wrap(bytes);
    require(in.hasRemaining(), "nothing is written here");
    int written = in.get();
    require(written == version, "version " + written + " is not the known " + version);
  }

  static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException("the state of a window cannot be read: " + otherwise);
    }
  }

  long number() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      require(in.hasRemaining(), "it is cut off");
      int next = in.get();
      long bits = next & 0x7F;
      require(((bits << shift) >>> shift) == bits, "a number is too long");
      value |= bits << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException(
        "the state of a window cannot be read: a number is too long");
  }

  /** A number that counts something, and so is not negative. */
  long count() {
    long value = number();
    require(value >= 0, "a count is negative");
    return value;
  }

  /** A count that fits into 31 bits. */
  int small() {
    long value = count();
    require(value <= Integer.MAX_VALUE, "a number is too large");
    return (int) value;
  }

  /**
   * How many things follow, each of at least so many bytes.
   *
   * @param bytesEach 1 or more
   */
  int size(int bytesEach) {
    long value = count();
    require(value <= in.remaining() / bytesEach, "it is cut off");
    return (int) value;
  }

  long signed() {
    long value = number();
    return (value >>> 1) ^ -(value & 1);
  }

  /** A finite double. */
  double real() {
    require(in.remaining() >= Double.BYTES, "it is cut off");
    double value = in.getDouble();
    require(Double.isFinite(value), "a number is not finite");
    return value;
  }

  /** An {@link ExactSum} that stays finite; of all ways to write it only its own. */
  ExactSum sum() {
    byte[] written = bytes();
    ByteBuffer sum = ByteBuffer.wrap(written);
    require(
        written.length > SUM_HEAD_BYTES
            && sum.getShort(Short.BYTES) == written.length - SUM_HEAD_BYTES,
        "it has no sum");
    ExactSum read = ExactSum.read(sum);
    require(
        Double.isFinite(read.total()) && Arrays.equals(read.toBytes(), written),
        "a sum is not as it would be written");
    return read;
  }

  String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  byte[] bytes() {
    byte[] value = new byte[size(1)];
    in.get(value);
    return value;
  }

  /** Says that all has been read. */
  void end() {
    require(!in.hasRemaining(), "there is more than there should be");
  }
}
