package city.mycelium.journal.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Puts another data file in the place of the present one, which is set aside under a name that says
 * when and which epoch. Nothing is deleted or overwritten. A power cut anywhere leaves the old file
 * in its place, or a new one that is whole and waits to be put there by {@link #finish}. The
 * directory is to be held by the caller.
 */
final class Exchange {

  private static final String READY = ".ready-";
  private static final String DRAFT = ".draft";
  private static final String COPY = ".copy";
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** In the order in which they go: a log must never lie beside a file that it is not of. */
  private static final String[] WITH_IT = {"-wal", "-shm", ""};

  private final Path file;

  Exchange(Path file) {
    this.file = file;
  }

  /**
   * What the present file will be called.
   *
   * @param why a word, such as {@code damaged}
   */
  String nameAside(String why, long epochMillis, String epoch) {
    String base =
        file.getFileName() + "." + why + "-" + WHEN.format(Instant.ofEpochMilli(epochMillis));
    String name = base + "-" + epoch;
    for (int i = 2; isTaken(name); i++) {
      name = base + "-" + epoch + "-" + i;
    }
    return name;
  }

  private boolean isTaken(String name) {
    return Stream.of(WITH_IT).anyMatch(end -> Files.exists(file.resolveSibling(name + end)));
  }

  /** Where the new file is to be made; what an earlier attempt left there is removed. */
  Path draft() throws IOException {
    Path draft = sibling(DRAFT);
    remove(draft);
    return draft;
  }

  /** Where a copy may be made for reading; {@link #forgetCopy} removes it. */
  Path copy() {
    return sibling(COPY);
  }

  void forgetCopy() throws IOException {
    remove(sibling(COPY));
  }

  private static void remove(Path path) throws IOException {
    for (String end : WITH_IT) {
      Files.deleteIfExists(path.resolveSibling(path.getFileName() + end));
    }
  }

  /** The draft is whole, closed and without a log: puts it in place. */
  void complete(String nameAside) throws IOException {
    Path draft = sibling(DRAFT);
    force(draft);
    move(draft, sibling(READY + nameAside));
    finish();
  }

  /** Ends an exchange that a power cut came into. Does nothing if there is none. */
  void finish() throws IOException {
    Optional<Path> ready = ready();
    if (ready.isEmpty()) {
      return;
    }
    String name = ready.get().getFileName().toString();
    String nameAside = name.substring((file.getFileName() + READY).length());
    for (String end : WITH_IT) {
      Path old = sibling(end);
      Path aside = file.resolveSibling(nameAside + end);
      if (Files.exists(old) && !Files.exists(aside)) {
        move(old, aside);
      }
    }
    move(ready.get(), file);
  }

  private Optional<Path> ready() throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      return Optional.empty();
    }
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(
              path -> path.getFileName().toString().startsWith(file.getFileName() + READY))
          .findFirst();
    }
  }

  private Path sibling(String end) {
    return file.resolveSibling(file.getFileName() + end);
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    force(Objects.requireNonNull(to.toAbsolutePath().getParent()));
  }

  private static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
