package city.mycelium.chaos.fault;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A file system of a few megabytes for the gateway's data, which can be filled to the last byte and
 * made room in again. Mounting needs root.
 */
public final class SmallDisk implements AutoCloseable {

  private static final int BLOCK_BYTES = 4_096;
  private static final long TO_MOUNT_SECONDS = 20;

  private final Path mountPoint;
  private final Path ballast;

  private SmallDisk(Path mountPoint) {
    this.mountPoint = mountPoint;
    ballast = mountPoint.resolve("ballast");
  }

  /**
   * Mounts one.
   *
   * @throws IOException if this user may not, with what to do about it
   */
  public static SmallDisk mount(Path mountPoint, int megabytes)
      throws IOException, InterruptedException {
    Files.createDirectories(mountPoint);
    run(
        List.of(
            "mount",
            "-t",
            "tmpfs",
            "-o",
            "size=" + megabytes + "m",
            "mycelium-chaos",
            mountPoint.toString()));
    return new SmallDisk(mountPoint);
  }

  /** Where the gateway's data goes. */
  public Path data() {
    return mountPoint.resolve("data");
  }

  /** Takes all that is free. */
  public void fill() throws IOException {
    byte[] block = new byte[BLOCK_BYTES];
    try (OutputStream out = Files.newOutputStream(ballast)) {
      while (Files.getFileStore(mountPoint).getUsableSpace() >= BLOCK_BYTES) {
        out.write(block);
      }
    } catch (IOException e) {
      if (Files.getFileStore(mountPoint).getUsableSpace() >= BLOCK_BYTES) {
        throw e; // something else than "no space left"
      }
    }
  }

  public void makeRoom() throws IOException {
    Files.deleteIfExists(ballast);
  }

  @Override
  public void close() throws IOException {
    try {
      run(List.of("umount", mountPoint.toString()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    if (!process.waitFor(TO_MOUNT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(
          "'"
              + String.join(" ", command)
              + "' failed: "
              + said.strip()
              + ". Full disks need root;"
              + " leave them out with --disk-full 0.");
    }
  }
}
