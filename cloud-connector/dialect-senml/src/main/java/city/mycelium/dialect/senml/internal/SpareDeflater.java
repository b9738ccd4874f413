package city.mycelium.dialect.senml.internal;

import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Raw deflate (RFC 1951). One compressor is kept from call to call, for to make one takes longer
 * than to compress a message. Safe for use by many threads: those that find none make their own.
 */
final class SpareDeflater {

  private static final AtomicReference<@Nullable Deflater> SPARE = new AtomicReference<>();

  private SpareDeflater() {}

  /**
   * Compresses.
   *
   * @param source its first bytes are read
   * @param target written from its beginning
   * @return how many bytes were written; 0 if there was not room enough
   */
  static int deflate(byte[] source, int length, byte[] target) {
    Deflater spare = SPARE.getAndSet(null);
    Deflater deflater = spare == null ? new Deflater(Deflater.DEFAULT_COMPRESSION, true) : spare;
    deflater.setInput(source, 0, length);
    deflater.finish();
    int written = deflater.deflate(target);
    boolean isWhole = deflater.finished();
    deflater.reset();
    if (!SPARE.compareAndSet(null, deflater)) {
      deflater.end();
    }
    return isWhole ? written : 0;
  }
}
