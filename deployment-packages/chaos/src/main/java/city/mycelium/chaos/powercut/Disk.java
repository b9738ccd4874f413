package city.mycelium.chaos.powercut;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The guest's disk: a file on the host with an ext4 file system in it.
 *
 * @param image the file
 * @param mode {@link #SYNCED}, or {@link #CONTROL}: a journal that does not wait for its disk
 */
record Disk(Path image, String mode) {

  static final String SYNCED = "synced";

  /** The proof that a cut is a cut: here acknowledged data has to go missing. */
  static final String CONTROL = "control";

  private static final long BYTES = 64L << 20;
  private static final long TO_FORMAT_SECONDS = 60;

  /** A new and empty disk. */
  static Disk make(Path folder, String mode) throws IOException, InterruptedException {
    Path image = folder.resolve(mode + ".img");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(BYTES);
    }
    Process format =
        new ProcessBuilder("mkfs.ext4", "-q", "-F", image.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(mode + ".mkfs.log").toFile())
            .start();
    if (!format.waitFor(TO_FORMAT_SECONDS, TimeUnit.SECONDS) || format.exitValue() != 0) {
      format.destroyForcibly();
      throw new IOException("mkfs.ext4 could not format " + image + "; its log lies beside it");
    }
    return new Disk(image, mode);
  }
}
