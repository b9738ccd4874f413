package city.mycelium.journal.internal;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A few bytes with their CRC-32C before them, the highest byte first: SQLite keeps no checksum of
 * its pages, and a count that a worn card changed must not be believed. Pure.
 */
final class Sealed {

  private Sealed() {}

  /**
   * Seals bytes.
   *
   * @param with what stands beside them in the row and must not change either
   */
  static byte[] seal(byte[] body, Object... with) {
    ByteSink sealed = new ByteSink(body.length + Integer.BYTES);
    long checksum = checksum(body, with);
    for (int shift = 24; shift >= 0; shift -= 8) {
      sealed.u8((int) (checksum >>> shift));
    }
    sealed.bytes(body);
    return sealed.toByteArray();
  }

  /**
   * Opens what was sealed with the same.
   *
   * @throws DamagedBlockException if the bytes or what stands beside them have changed
   */
  static ByteSource open(byte @Nullable [] sealed, Object... with) throws DamagedBlockException {
    if (sealed == null) { // a column that has become NULL
      throw new DamagedBlockException("it is not there");
    }
    ByteSource source = new ByteSource(sealed);
    long expected = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      expected = expected << 8 | source.u8();
    }
    byte[] body = source.bytes(source.remaining());
    if (checksum(body, with) != expected) {
      throw new DamagedBlockException("its checksum does not fit");
    }
    return new ByteSource(body);
  }

  private static long checksum(byte[] body, Object... with) {
    CRC32C crc = new CRC32C();
    crc.update(body, 0, body.length);
    for (Object beside : with) {
      crc.update(String.valueOf(beside).getBytes(StandardCharsets.UTF_8));
      crc.update(0); // so that a character cannot wander from one to the next
    }
    return crc.getValue();
  }
}
