package city.mycelium.connector.file.internal;

import city.mycelium.api.connector.Check;
import city.mycelium.api.connector.Reach;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Tries a folder: whether it is there, can be written to, and has room. Leaves nothing behind. For
 * one use; blocks for as long as the disk does.
 */
final class Probe {

  /** A day's files of a gateway are a few megabytes, and each is written beside its predecessor. */
  private static final long LEAST_BYTES = 20_000_000;

  private static final String FOLDER = "folder";

  private final Path root;

  Probe(Path root) {
    this.root = root;
  }

  List<Check> run() {
    List<Check> checks = new ArrayList<>();
    checks.add(folder());
    if (Reach.allOk(checks)) {
      checks.add(write());
    }
    if (Reach.allOk(checks)) {
      checks.add(space());
    }
    return checks;
  }

  /** Made if it is not there, as the connection itself does. */
  private Check folder() {
    try {
      boolean isThere = Files.isDirectory(root);
      Files.createDirectories(root);
      return new Check(FOLDER, true, root + (isThere ? " is there" : " was not there and is now"));
    } catch (IOException e) {
      return new Check(
          FOLDER, false, root + " is no folder and cannot be made one: " + Words.of(e));
    }
  }

  /** Under a name of its own: the connection that is open may be writing. */
  private Check write() {
    try {
      Path trial = Files.createTempFile(root, ".trial", null);
      try {
        Files.write(trial, new byte[] {1});
      } finally {
        Files.delete(trial);
      }
      return new Check("write", true, "this gateway may write there");
    } catch (IOException e) {
      return new Check("write", false, root + " cannot be written to: " + Words.of(e));
    }
  }

  private Check space() {
    try {
      long bytes = Files.getFileStore(root).getUsableSpace();
      String left =
          String.format(Locale.ROOT, "%.1f GB are left on its disk", bytes / 1_000_000_000.0);
      return bytes >= LEAST_BYTES
          ? new Check("space", true, left)
          : new Check(
              "space",
              false,
              "only "
                  + bytes / 1_000_000
                  + " MB are left on the disk of "
                  + root
                  + ": make room, or no more files are written soon");
    } catch (IOException e) {
      return Check.untried("space", "nobody says how much room is left: " + Words.of(e));
    }
  }
}
