package city.mycelium.launcher;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bundles that make up one gateway, checked: a folder of jars and of configuration files with
 * the packaged defaults, all of them listed with their SHA-256 in {@value #MANIFEST}. That file is
 * what {@code sha256sum} prints, so {@code sha256sum -c} checks a set by hand.
 *
 * @param name the name of the folder
 * @param bundles the jars, in the order of the manifest, which is the order in which they start
 * @param defaults the configuration files, in the order of the manifest
 */
record BundleSet(String name, List<Path> bundles, List<Path> defaults) {

  static final String MANIFEST = "bundles.sha256";

  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) [ *]([^/\\\\]+)");
  private static final int CHUNK_BYTES = 1 << 16;

  BundleSet {
    bundles = List.copyOf(bundles);
    defaults = List.copyOf(defaults);
  }

  /**
   * Reads a set and checks every file in it.
   *
   * @throws LaunchException if a file is missing, changed or not listed, or the manifest itself is
   *     missing or malformed
   */
  static BundleSet read(Path folder) throws LaunchException {
    List<Path> bundles = new ArrayList<>();
    List<Path> defaults = new ArrayList<>();
    Set<Path> listed = new HashSet<>();
    try {
      for (String line : Files.readAllLines(folder.resolve(MANIFEST))) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
          throw refused(folder, "its " + MANIFEST + " has a line that is no hash: " + line);
        }
        Path file = folder.resolve(matcher.group(2));
        if (!Files.isRegularFile(file)) {
          throw refused(folder, file.getFileName() + " is missing");
        }
        if (!sha256(file).equals(matcher.group(1))) {
          throw refused(folder, file.getFileName() + " is not the file that was packaged");
        }
        listed.add(file);
        (file.toString().endsWith(".jar") ? bundles : defaults).add(file);
      }
      refuseUnlisted(folder, listed);
    } catch (NoSuchFileException e) {
      throw new LaunchException(
          "There is no bundle set in " + folder + ": " + MANIFEST + " is missing.", e);
    } catch (IOException e) {
      throw new LaunchException("The bundle set in " + folder + " cannot be read: " + e, e);
    }
    return new BundleSet(String.valueOf(folder.getFileName()), bundles, defaults);
  }

  private static void refuseUnlisted(Path folder, Set<Path> listed)
      throws IOException, LaunchException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.{jar,json}")) {
      for (Path file : files) {
        if (!listed.contains(file)) {
          throw refused(folder, file.getFileName() + " does not belong to it");
        }
      }
    }
  }

  private static LaunchException refused(Path folder, String why) {
    return new LaunchException(
        "The bundle set in "
            + folder
            + " is refused: "
            + why
            + ". Nothing was started. Install the set again.");
  }

  private static String sha256(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] chunk = new byte[CHUNK_BYTES];
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        digest.update(chunk, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
