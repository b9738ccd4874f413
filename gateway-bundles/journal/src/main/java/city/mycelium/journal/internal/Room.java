package city.mycelium.journal.internal;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps observations from taking the last of the disk. Whatever makes room again, retention and the
 * steps of consumers, has to be written first, and on a disk that is full to the brim it could not
 * be: the journal would stay full until a person came. For the writer's thread alone.
 */
final class Room {

  private static final Logger LOG = LoggerFactory.getLogger(Room.class);

  private final Path directory;
  private final FileStore disk;
  private final long reserveBytes;

  /** What was answered last, so that only a change is logged. */
  private boolean left = true;

  Room(Path directory, long reserveBytes) throws IOException {
    this.directory = directory;
    this.reserveBytes = reserveBytes;
    disk = Files.getFileStore(directory);
  }

  /**
   * Whether the reserve is free: on the disk, or inside the file where retention has emptied pages,
   * since the file never shrinks.
   */
  boolean left(WriteSide file) throws SQLException {
    long free = free();
    boolean now = free >= reserveBytes || free + file.emptyBytes() >= reserveBytes;
    if (now != left) {
      left = now;
      if (now) {
        LOG.info("There is room for observations again in {}.", directory);
      } else {
        LOG.warn("{}", inWords());
      }
    }
    return now;
  }

  String inWords() {
    return "Less than "
        + reserveBytes / 1_000_000
        + " MB are free on the disk of "
        + directory
        + "; they are left for what makes room again, so no observations are taken. Free some space"
        + " or shorten the retention.";
  }

  private long free() {
    try {
      return disk.getUsableSpace();
    } catch (IOException e) {
      // What cannot be known must not stop the journal: SQLite reports a disk that is full.
      return Long.MAX_VALUE;
    }
  }
}
