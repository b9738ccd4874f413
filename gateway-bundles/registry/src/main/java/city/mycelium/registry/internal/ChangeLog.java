package city.mycelium.registry.internal;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of one JSON object per line, only ever appended to: the readable history of every change.
 * Not thread-safe.
 */
final class ChangeLog {

  private static final Logger LOG = LoggerFactory.getLogger(ChangeLog.class);

  private final Path file;

  ChangeLog(Path file) {
    this.file = file;
  }

  /**
   * Every change, in order. A last line that was cut off by a crash never happened: it is cut away.
   * Any other line that cannot be read is left where it is and said, and costs no other.
   */
  List<JsonObject> replay() throws IOException {
    List<JsonObject> changes = new ArrayList<>();
    if (!Files.exists(file)) {
      return changes;
    }
    byte[] content = Files.readAllBytes(file);
    int begin = 0;
    for (int number = 1; begin < content.length; number++) {
      int end = lineEnd(content, begin);
      // Bytes that are not UTF-8 become a sign that no name allows: they spoil their own line only.
      String line = new String(content, begin, end - begin, StandardCharsets.UTF_8);
      try {
        if (!line.isBlank()) {
          changes.add(JsonText.object(line));
        }
      } catch (IllegalArgumentException e) {
        if (end == content.length) {
          LOG.warn("{}: the last line was cut off by a crash and is removed", file);
          cutTo(begin);
        } else {
          LOG.error(
              "{} line {} is passed over, so what it changed is not in force; repair it and restart"
                  + " the gateway: {}",
              file,
              number,
              e.getMessage());
        }
      }
      begin = end + 1;
    }
    return changes;
  }

  /** Where the line that begins here ends: at its line feed, or at the end of the file. */
  private static int lineEnd(byte[] content, int begin) {
    int end = begin;
    while (end < content.length && content[end] != '\n') {
      end++;
    }
    return end;
  }

  private void cutTo(long length) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(length);
      channel.force(true);
    }
  }

  /** Returns when the change is on the medium; what could not be written leaves no trace. */
  void append(JsonObject change) throws IOException {
    boolean isNew = !Files.exists(file);
    Path directory = file.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long before = channel.size();
      // A hand may have left the last line open; this change must not become a part of it.
      String line = (endsOpen(channel) ? "\n" : "") + change + "\n";
      try {
        write(channel, before, line);
        channel.force(true);
      } catch (IOException e) {
        takeBack(channel, before, e);
        throw e;
      }
    }
    if (isNew) {
      // The name of a new file is on the medium only when its directory is.
      try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
        names.force(true);
      }
    }
  }

  private static boolean endsOpen(FileChannel channel) throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    return channel.size() > 0 && channel.read(last, channel.size() - 1) == 1 && last.get(0) != '\n';
  }

  private static void write(FileChannel channel, long at, String line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
    channel.position(at);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Half a line must not stay behind; a full disk is the usual case. */
  private static void takeBack(FileChannel channel, long before, IOException cause) {
    try {
      channel.truncate(before);
    } catch (IOException e) {
      cause.addSuppressed(e); // then the next change begins a line of its own
    }
  }
}
