package city.mycelium.clock.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * {@code clock.jsonl} in the data directory: what outlives a start of the machine. Every line is on
 * the medium before its writer goes on. The file is written anew, as short as can be, at every
 * start and whenever it has grown to {@value #MOST_BYTES} bytes, so its size is bounded. For one
 * thread.
 */
final class BootFile {

  static final String NAME = "clock.jsonl";

  /** A hundred starts take 50 kB at most; an hour adds 200 bytes. */
  static final int MOST_BYTES = 128 * 1024;

  private final Path file;

  BootFile(Path directory) {
    file = directory.resolve(NAME);
  }

  /**
   * What was known when the machine ran last; a line that was torn or damaged says nothing.
   *
   * @throws IOException if the file is there and cannot be read
   */
  Boots read() throws IOException {
    Boots boots = Boots.NONE;
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return boots;
    }
    // Latin-1 takes any byte, so that damage in one line costs no other.
    for (String line : new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1)) {
      Optional<UnaryOperator<Boots>> news = BootLine.read(line);
      if (news.isPresent()) {
        boots = news.get().apply(boots);
      }
    }
    return boots;
  }

  /**
   * Adds a line.
   *
   * @param known everything that is known, the line included
   * @throws IOException if it is not on the medium
   */
  void append(String line, Boots known) throws IOException {
    if (!Files.exists(file) || Files.size(file) + line.length() > MOST_BYTES) {
      write(known);
      return;
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      writeAll(channel, line + "\n");
      channel.force(true);
    }
  }

  /**
   * Writes the file anew, all or nothing.
   *
   * @throws IOException if it is not on the medium; what was there before still is
   */
  void write(Boots known) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Boot boot : known.list()) {
      BootLine.all(boot).forEach(line -> text.append(line).append('\n'));
    }
    Path fresh = file.resolveSibling(NAME + ".new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      writeAll(channel, text.toString());
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel directory = FileChannel.open(file.toAbsolutePath().getParent())) {
      directory.force(true); // the name too
    }
  }

  private static void writeAll(FileChannel channel, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
