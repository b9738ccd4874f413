package city.mycelium.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Keeps a second gateway off a data directory, until closed or until the process ends. */
final class DataLock implements AutoCloseable {

  private final FileChannel file;

  private DataLock(FileChannel file) {
    this.file = file;
  }

  /**
   * Takes the data directory, which is made, for its owner only, if it is not there.
   *
   * @throws LaunchException if another gateway has it, or it cannot be written
   */
  static DataLock take(Path data) throws LaunchException {
    try {
      Files.createDirectories(
          data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      FileChannel file =
          FileChannel.open(
              data.resolve("gateway.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (locked(file)) {
        return new DataLock(file);
      }
      file.close();
    } catch (IOException e) {
      throw new LaunchException("The data directory " + data + " cannot be written: " + e, e);
    }
    throw new LaunchException(
        "Another gateway runs on the data directory " + data + ". Stop it first, or use another.");
  }

  private static boolean locked(FileChannel file) throws IOException {
    try {
      return file.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // the other gateway is in this very process
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the lock file had nothing left to write", e);
    }
  }
}
