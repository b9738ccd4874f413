package city.mycelium.simulator.guest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The first file system of a kernel, in memory: a cpio archive in the "newc" format (Linux,
 * Documentation/driver-api/early-userspace/buffer-format.rst). Everything in it belongs to root.
 * For one thread.
 */
final class Initramfs {

  private static final int DIRECTORY = 0040755;
  private static final int PROGRAM = 0100755;
  private static final String END = "TRAILER!!!";

  private final ByteArrayOutputStream archive = new ByteArrayOutputStream();
  private int files;

  /**
   * Adds a folder.
   *
   * @param path without a slash in front; its parents come first
   */
  Initramfs folder(String path) {
    entry(path, DIRECTORY, new byte[0]);
    return this;
  }

  /** Adds a file that may be executed. */
  Initramfs file(String path, byte[] content) {
    entry(path, PROGRAM, content);
    return this;
  }

  /** All of it, closed. */
  byte[] bytes() {
    entry(END, 0, new byte[0]);
    return archive.toByteArray();
  }

  private void entry(String path, int mode, byte[] content) {
    byte[] name = path.getBytes(StandardCharsets.US_ASCII);
    StringBuilder header = new StringBuilder("070701");
    // Inode, mode, uid, gid, links, time, size, device (2), its own device number (2), name, check.
    int[] fields = {
      ++files, mode, 0, 0, 1, 0, content.length, 0, 0, 0, 0, name.length + 1, 0,
    };
    for (int field : fields) {
      header.append(String.format("%08x", field));
    }
    archive.writeBytes(header.toString().getBytes(StandardCharsets.US_ASCII));
    archive.writeBytes(name);
    archive.write(0);
    pad();
    archive.writeBytes(content);
    pad();
  }

  /** Header with name, and content, each end on a multiple of four. */
  private void pad() {
    while (archive.size() % 4 != 0) {
      archive.write(0);
    }
  }
}
