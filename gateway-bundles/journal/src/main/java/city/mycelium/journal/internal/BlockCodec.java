package city.mycelium.journal.internal;

import city.mycelium.api.journal.Draft;
import city.mycelium.api.observation.DatastreamId;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A run of observations as one block of bytes, and back, bit for bit. Pure; safe for use by many
 * threads. This is the frame; what is in it is {@link BlockColumns}'s.
 *
 * <pre>
 * version   1 byte, 1
 * packing   1 byte, 0 = as it is, 1 = deflated (RFC 1951, no header)
 * checksum  4 bytes, the highest first: CRC-32C of everything else in the block
 * size      varint, of the columns once inflated; only if deflated
 * columns   or what a {@link GoneBlock} has in their place
 * </pre>
 *
 * The checksum is there because SQLite does not keep one of its pages: what a worn card changes
 * must be noticed and not be delivered.
 */
final class BlockCodec {

  /** So many observations go into one block at most; a reader has to decode it whole. */
  static final int MAX_OBSERVATIONS = 1024;

  private static final int VERSION = 1;
  static final int PLAIN = 0;
  private static final int DEFLATED = 1;
  private static final int HEADER_BYTES = 6;

  /** Below, deflate costs more than it gives. */
  private static final int WORTH_DEFLATING_BYTES = 48;

  /**
   * More than the largest block: {@link #MAX_OBSERVATIONS} texts of 1,024 characters of 3 bytes
   * each, with all that belongs to them.
   */
  private static final int MAX_COLUMN_BYTES = 4 << 20;

  /** Deflate packs at most 1,032 bytes into one (zlib technical details, "Maximum Expansion"). */
  private static final int MAX_EXPANSION = 1_032;

  private BlockCodec() {}

  /**
   * The block of 1 to {@link #MAX_OBSERVATIONS} drafts.
   *
   * @param numberOf the journal's number for a datastream, not negative
   */
  static byte[] encode(List<Draft> drafts, ToIntFunction<DatastreamId> numberOf) {
    if (drafts.isEmpty() || drafts.size() > MAX_OBSERVATIONS) {
      throw new IllegalArgumentException(
          "a block holds 1 to " + MAX_OBSERVATIONS + " observations, not " + drafts.size());
    }
    return pack(BlockColumns.write(drafts, numberOf));
  }

  /** What is inside a block, deflated if that pays, in its frame. */
  static byte[] pack(byte[] plain) {
    byte[] deflated = deflate(plain);
    ByteSink body = new ByteSink(plain.length + 5);
    body.varint(plain.length);
    body.bytes(deflated);
    boolean pays = deflated.length > 0 && body.size() < plain.length;
    return frame(pays ? DEFLATED : PLAIN, pays ? body.toByteArray() : plain);
  }

  /**
   * The drafts of a block.
   *
   * @throws DamagedBlockException if the bytes are not exactly what {@link #encode} made
   */
  static List<Draft> decode(byte[] block, DatastreamNames names) throws DamagedBlockException {
    return BlockColumns.read(unpack(block), names);
  }

  /**
   * The number of the datastream of each observation of a block, and nothing else of it.
   *
   * @throws DamagedBlockException if the block is not whole
   */
  static int[] datastreams(byte[] block) throws DamagedBlockException {
    return BlockColumns.datastreams(unpack(block));
  }

  /** The reverse of {@link #pack}. */
  static byte[] unpack(byte[] block) throws DamagedBlockException {
    ByteSource source = new ByteSource(block);
    int version = source.u8();
    if (version != VERSION) {
      throw new DamagedBlockException(
          "it is of version " + version + "; this software knows version " + VERSION);
    }
    int packing = source.u8();
    long expected = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      expected = expected << 8 | source.u8();
    }
    byte[] body = source.bytes(source.remaining());
    if (checksum(packing, body) != expected) {
      throw new DamagedBlockException("its checksum does not fit");
    }
    return switch (packing) {
      case PLAIN -> body;
      case DEFLATED -> inflate(body);
      default -> throw new DamagedBlockException("there is no packing " + packing);
    };
  }

  /** Columns, packed or not, with the header before them. */
  static byte[] frame(int packing, byte[] body) {
    ByteSink block = new ByteSink(HEADER_BYTES + body.length);
    block.u8(VERSION);
    block.u8(packing);
    long checksum = checksum(packing, body);
    for (int shift = 24; shift >= 0; shift -= 8) {
      block.u8((int) (checksum >>> shift));
    }
    block.bytes(body);
    return block.toByteArray();
  }

  private static long checksum(int packing, byte[] body) {
    CRC32C crc = new CRC32C();
    crc.update(VERSION);
    crc.update(packing);
    crc.update(body, 0, body.length);
    return crc.getValue();
  }

  /** Deflated, or nothing where that is longer than what goes in. */
  private static byte[] deflate(byte[] plain) {
    if (plain.length < WORTH_DEFLATING_BYTES) {
      return new byte[0];
    }
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try {
      deflater.setInput(plain);
      deflater.finish();
      byte[] packed = new byte[plain.length];
      int length = deflater.deflate(packed);
      return deflater.finished() ? Arrays.copyOf(packed, length) : new byte[0];
    } finally {
      deflater.end();
    }
  }

  private static byte[] inflate(byte[] body) throws DamagedBlockException {
    ByteSource source = new ByteSource(body);
    int size = source.varint(1, MAX_COLUMN_BYTES, "the size of the columns");
    byte[] packed = source.bytes(source.remaining());
    if (size > (long) packed.length * MAX_EXPANSION) {
      throw new DamagedBlockException(
          packed.length + " bytes cannot inflate to the " + size + " that it claims");
    }
    Inflater inflater = new Inflater(true);
    try {
      // An input of no header needs one more byte than it has (Inflater, constructor).
      inflater.setInput(Arrays.copyOf(packed, packed.length + 1));
      byte[] plain = new byte[size];
      boolean whole =
          inflater.inflate(plain) == size
              && inflater.inflate(new byte[1]) == 0
              && inflater.finished();
      if (!whole) {
        throw new DamagedBlockException("it does not inflate to the " + size + " bytes it claims");
      }
      return plain;
    } catch (DataFormatException e) {
      throw new DamagedBlockException("it cannot be inflated", e);
    } finally {
      inflater.end();
    }
  }
}
