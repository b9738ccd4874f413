package city.mycelium.journal.internal;

import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.JournalException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The directory of one journal, held by one process at a time through {@code journal.lock}, and the
 * small files of one word in it. The operating system gives the lock back when the process ends,
 * however it ends. For one thread.
 */
final class DataDirectory implements AutoCloseable {

  private static final String LOCK_FILE = "journal.lock";

  /** Longer than any word that is kept here: a larger file is something else. */
  private static final int MAX_WORD_BYTES = 100;

  private final Path directory;
  private final FileChannel lock;

  private DataDirectory(Path directory, FileChannel lock) {
    this.directory = directory;
    this.lock = lock;
  }

  /**
   * Takes the directory, and makes it if need be.
   *
   * @throws JournalException reason {@code CLOSED} if another process has it, {@code STORAGE} if it
   *     cannot be made or written to
   */
  static DataDirectory hold(Path directory) throws JournalException {
    FileChannel channel = null;
    try {
      Files.createDirectories(directory);
      channel =
          FileChannel.open(
              directory.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new JournalException(
            Reason.CLOSED,
            "The journal in "
                + directory
                + " is open in another process, and two processes never write one journal. Stop"
                + " the other one, or ask it over its socket.");
      }
      return new DataDirectory(directory, channel);
    } catch (IOException e) {
      closeQuietly(channel);
      throw unusable(directory, e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // This very process has it: to the caller the same as another.
      return null;
    }
  }

  Path file(String name) {
    return directory.resolve(name);
  }

  /** The room on the disk of this directory, less a reserve. */
  Room room(long reserveBytes) throws JournalException {
    try {
      return new Room(directory, reserveBytes);
    } catch (IOException e) {
      throw unusable(directory, e);
    }
  }

  /**
   * The word in a file; nothing if there is no such file.
   *
   * @throws JournalException if it cannot be read or is no word
   */
  Optional<String> word(String name) throws JournalException {
    Path file = file(name);
    try {
      if (Files.size(file) > MAX_WORD_BYTES) {
        throw new JournalException(
            Reason.STORAGE,
            file
                + " should hold one word and holds "
                + Files.size(file)
                + " bytes. Somebody else wrote it: put the right file back from a backup.");
      }
      return Optional.of(Files.readString(file, StandardCharsets.US_ASCII).strip());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unusable(directory, e);
    }
  }

  /**
   * Puts a word into a file: after a power cut the file is as it was before, or holds the new word
   * whole.
   */
  void keepWord(String name, String word) throws JournalException {
    Path draft = file(name + ".new");
    try {
      try (FileChannel channel =
          FileChannel.open(
              draft,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap((word + "\n").getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      moveOver(draft, file(name));
      sync();
    } catch (IOException e) {
      throw unusable(directory, e);
    }
  }

  private static void moveOver(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw new IOException("the file system cannot rename a file in one step", e);
    }
  }

  /** Makes the names of the files in the directory survive a power cut. */
  private void sync() throws IOException {
    try (FileChannel self = FileChannel.open(directory, StandardOpenOption.READ)) {
      self.force(true);
    }
  }

  private static JournalException unusable(Path directory, IOException e) {
    return new JournalException(
        Reason.STORAGE,
        "The data directory "
            + directory
            + " cannot be used ("
            + e
            + "). Check that it can be written to and has room.",
        e);
  }

  private static void closeQuietly(@Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // What went wrong before is what the caller is told; this lock dies with the process.
    }
  }

  @Override
  public void close() {
    closeQuietly(lock);
  }
}
