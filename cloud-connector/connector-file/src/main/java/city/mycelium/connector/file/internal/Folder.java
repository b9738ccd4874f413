package city.mycelium.connector.file.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Files below one folder, each whole or not there: a new one is written beside its place, brought
 * to the medium, and then takes the place. For one thread.
 */
final class Folder {

  /** No way out of the folder, nothing hidden, nothing that a web server reads otherwise. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,120}");

  /** What is written and not yet in its place; left behind by a power cut it is written over. */
  private static final String UNFINISHED = ".unfinished";

  private final Path root;

  Folder(Path root) {
    this.root = root;
  }

  /**
   * Makes it if it is not there, and tries whether it can be written to.
   *
   * @throws IOException if not
   */
  void prepare() throws IOException {
    Files.createDirectories(root);
    Path trial = root.resolve(UNFINISHED);
    Files.write(trial, new byte[] {1});
    Files.delete(trial);
  }

  /**
   * The file that a channel names.
   *
   * @throws IllegalArgumentException if it is no plain path below the folder
   */
  Path file(String channel) {
    Path file = root;
    for (String name : channel.split("/", -1)) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "a file is named by A-Z a-z 0-9 . _ - and folders by /, not '" + channel + "'");
      }
      file = file.resolve(name);
      if (Files.isSymbolicLink(file)) {
        throw new IllegalArgumentException(
            file + " is a symbolic link, which may lead out of the folder: take it away");
      }
    }
    return file;
  }

  /** What is in the file; nothing if it is not there. */
  Optional<byte[]> read(Path file) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** When it returns, the file holds this, also after a power cut. */
  void replace(Path file, byte[] bytes) throws IOException {
    Path parent = file.getParent();
    if (parent == null) {
      throw new IOException(file + " is no file of a folder");
    }
    Files.createDirectories(parent);
    Path unfinished = parent.resolve(UNFINISHED);
    try (FileChannel out =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
      out.force(true);
    }
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel folder = FileChannel.open(parent)) {
      folder.force(true); // the name, too (POSIX, rename: durable only with its directory)
    }
  }

  /** When it returns, it is not there. */
  void remove(Path file) throws IOException {
    Files.deleteIfExists(file);
  }
}
