package city.mycelium.journal.internal.rescue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The running checksum of the write-ahead log (SQLite, "Database File Format", 4.2): two sums of 32
 * bits over pairs of words.
 */
record LogChecksum(int first, int second) {

  static final LogChecksum START = new LogChecksum(0, 0);

  /** Goes on over bytes, whose number is a multiple of 8. */
  LogChecksum over(byte[] bytes, int from, int length, ByteOrder order) {
    ByteBuffer words = ByteBuffer.wrap(bytes, from, length).order(order);
    int a = first;
    int b = second;
    while (words.remaining() >= 8) {
      a += words.getInt() + b;
      b += words.getInt() + a;
    }
    return new LogChecksum(a, b);
  }

  /** As it is stored, the highest byte first. */
  static LogChecksum stored(byte[] bytes, int at) {
    ByteBuffer words = ByteBuffer.wrap(bytes, at, 8);
    return new LogChecksum(words.getInt(), words.getInt());
  }
}
