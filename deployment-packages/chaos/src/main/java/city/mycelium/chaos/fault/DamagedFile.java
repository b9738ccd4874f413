package city.mycelium.chaos.fault;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** A medium that changes what was written: a page of a file is overwritten with noise. */
public final class DamagedFile {

  private static final int PAGE_BYTES = 1_024;

  private DamagedFile() {}

  /**
   * Overwrites one page, anywhere behind the first; a file of less than two pages stays as it is.
   *
   * @return where the noise begins, in bytes; 0 if the file stays as it is
   */
  public static long overwrite(Path path, SplittableRandom random) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      long pages = file.length() / PAGE_BYTES;
      if (pages < 2) {
        return 0;
      }
      byte[] noise = new byte[PAGE_BYTES];
      random.nextBytes(noise);
      long at = random.nextLong(1, pages) * PAGE_BYTES;
      file.seek(at);
      file.write(noise);
      return at;
    }
  }
}
