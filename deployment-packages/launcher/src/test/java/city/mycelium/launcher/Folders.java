package city.mycelium.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Makes the folders that a launcher is started with. */
final class Folders {

  private Folders() {}

  /** Writes a file; the parent folders are made. */
  static Path write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  /** Writes a file again, as if that many seconds after the epoch. */
  static void rewrite(Path file, String text, int second) throws IOException {
    write(file, text);
    Files.setLastModifiedTime(file, FileTime.fromMillis(second * 1000L));
  }

  /** Lists files of a folder, in that order, with their hashes. */
  static void seal(Path folder, String... files) throws Exception {
    StringBuilder manifest = new StringBuilder();
    for (String file : files) {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(folder.resolve(file)));
      manifest.append(HexFormat.of().formatHex(hash)).append("  ").append(file).append('\n');
    }
    write(folder.resolve(BundleSet.MANIFEST), manifest.toString());
  }
}
