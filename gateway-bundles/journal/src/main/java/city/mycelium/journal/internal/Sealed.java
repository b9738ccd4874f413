package city.mycelium.journal.internal;

import java.util.zip.CRC32C;

/**
 * A few bytes with their CRC-32C before them, the highest byte first: SQLite keeps no checksum of
 * its pages, and a count that a worn card changed must not be believed. Pure.
 */
final class Sealed {

  private Sealed() {}

  static byte[] seal(byte[] body) {
    ByteSink sealed = new ByteSink(body.length + Integer.BYTES);
    long checksum = checksum(body);
    for (int shift = 24; shift >= 0; shift -= 8) {
      sealed.u8((int) (checksum >>> shift));
    }
    sealed.bytes(body);
    return sealed.toByteArray();
  }

  static ByteSource open(byte[] sealed) throws DamagedBlockException {
    ByteSource source = new ByteSource(sealed);
    long expected = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      expected = expected << 8 | source.u8();
    }
    byte[] body = source.bytes(source.remaining());
    if (checksum(body) != expected) {
      throw new DamagedBlockException("its checksum does not fit");
    }
    return new ByteSource(body);
  }

  private static long checksum(byte[] body) {
    CRC32C crc = new CRC32C();
    crc.update(body, 0, body.length);
    return crc.getValue();
  }
}
