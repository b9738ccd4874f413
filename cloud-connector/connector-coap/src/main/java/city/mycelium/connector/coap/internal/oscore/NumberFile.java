package city.mycelium.connector.coap.internal.oscore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalLong;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Where the numbers of one sender's key are remembered. They are reserved in stretches (RFC 8613,
 * B.1.1), on the medium before the first of a stretch is given out; a start goes on behind the last
 * stretch, whatever became of it. The file is the truth, the {@link Witness} shows when it cannot
 * be. Who has this open has a lock: no other process uses the numbers. Safe for use by many
 * threads; {@link #next} waits for the medium once in a stretch.
 */
final class NumberFile {

  /** So many numbers are skipped at a start; a stretch costs two commits. */
  static final int STRETCH = 1_024;

  private static final String FORMAT = "oscore-1";
  private static final long LONGEST_FILE = 1_000;
  private static final String HELP =
      ". Give gateway and server a new key, or another oscoreIdContext, and leave the old one";

  private final Path file;
  private final String gateway;
  private final String context;
  private final Witness witness;
  private final FileChannel lock;
  private long next;
  private long reserved;

  private NumberFile(Path file, String gateway, String context, Witness witness, FileChannel lock)
      throws SequenceException {
    this.file = file;
    this.gateway = gateway;
    this.context = context;
    this.witness = witness;
    this.lock = lock;
    next = beginning();
    reserved = next;
  }

  /**
   * Opens and locks it.
   *
   * @throws SequenceException if it cannot be trusted, or another process has it; says what to do
   */
  static NumberFile open(Path folder, String gateway, String context, Witness witness)
      throws SequenceException {
    FileChannel lock;
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      lock =
          FileChannel.open(
              folder.resolve(context + ".lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
    try {
      if (!isLocked(lock)) {
        throw new SequenceException(
            "another process uses this OSCORE key with the same oscoreSenderId: is there a second"
                + " gateway with this data directory?",
            null);
      }
      return new NumberFile(folder.resolve(context + ".numbers"), gateway, context, witness, lock);
    } catch (SequenceException e) {
      letGo(lock);
      throw e;
    }
  }

  private static boolean isLocked(FileChannel channel) throws SequenceException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) { // by this process
      return false;
    } catch (IOException e) {
      throw new SequenceException("the numbers of an OSCORE key cannot be locked: " + e, e);
    }
  }

  /** Where to go on. */
  private long beginning() throws SequenceException {
    OptionalLong witnessed;
    try {
      witnessed = witness.reserved(context);
    } catch (IOException e) {
      throw new SequenceException(
          "whether this OSCORE key was used before cannot be told now: " + e.getMessage(), e);
    }
    String line;
    try {
      line =
          Files.size(file) > LONGEST_FILE ? "" : Files.readString(file, StandardCharsets.US_ASCII);
    } catch (NoSuchFileException e) {
      if (witnessed.isPresent()) {
        throw refused("is gone, and this key was used before");
      }
      return 0;
    } catch (java.nio.charset.CharacterCodingException e) {
      line = "";
    } catch (IOException e) {
      throw new SequenceException(file + " cannot be read: may the gateway read it?", e);
    }
    String[] words = line.strip().split(" ", -1);
    if (words.length != 5
        || !words[0].equals(FORMAT)
        || !words[3].matches("\\d{1,13}")
        || !line.equals(line(words[1], words[2], Long.parseLong(words[3])))) {
      throw refused("is damaged");
    }
    if (!words[1].equals(gateway) || !words[2].equals(context)) {
      throw refused("belongs to another gateway or another key");
    }
    long found = Long.parseLong(words[3]);
    if (witnessed.isPresent() && found < witnessed.getAsLong()) {
      throw refused("is older than what was used, as after a backup was put back");
    }
    return found;
  }

  private SequenceException refused(String what) {
    return new SequenceException(
        file
            + " "
            + what
            + ": which sequence numbers of the OSCORE key were used is not known any more, and one"
            + " that is used twice gives away what was sent"
            + HELP,
        null);
  }

  /**
   * A number that was never given out and never will be again.
   *
   * @throws SequenceException if there is none, or the medium does not take what has to be
   *     remembered
   */
  synchronized long next() throws SequenceException {
    if (next >= reserved) {
      reserve();
    }
    return next++;
  }

  private void reserve() throws SequenceException {
    long until = next + STRETCH;
    if (until > SecurityContext.LARGEST_NUMBER) {
      throw new SequenceException(
          "all sequence numbers of the OSCORE key are used up" + HELP, null);
    }
    try {
      replace(line(gateway, context, until));
      witness.remember(context, until);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
    reserved = until;
  }

  private static SequenceException unwritable(Path where, IOException e) {
    return new SequenceException(
        where
            + " cannot be written ("
            + e.getMessage()
            + "), and without it nothing can be protected: is the medium full, may the gateway"
            + " write there?",
        e);
  }

  static String line(String gateway, String context, long reserved) {
    String text = FORMAT + " " + gateway + " " + context + " " + reserved;
    CRC32 sum = new CRC32();
    sum.update(text.getBytes(StandardCharsets.US_ASCII));
    return text + " " + Long.toHexString(sum.getValue()) + "\n";
  }

  /** After a power cut it is as it was before, or new and whole. */
  private void replace(String text) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException(file + " lies in no folder");
    }
    Path draft = folder.resolve(file.getFileName() + ".new");
    Files.deleteIfExists(draft);
    try (FileChannel channel =
        FileChannel.open(
            draft,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer rest = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    force(folder);
    Path above = folder.getParent();
    if (next == 0 && above != null) { // the folder may be new itself
      force(above);
    }
  }

  private static void force(Path folder) throws IOException {
    try (FileChannel self = FileChannel.open(folder, StandardOpenOption.READ)) {
      self.force(true);
    }
  }

  boolean isOf(String name) {
    return gateway.equals(name);
  }

  synchronized void close() {
    letGo(lock);
  }

  private static void letGo(FileChannel lock) {
    try {
      lock.close();
    } catch (IOException e) {
      // Then the system lets go of it, at the latest when the process ends.
    }
  }
}
