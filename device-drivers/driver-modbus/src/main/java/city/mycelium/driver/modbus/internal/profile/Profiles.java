package city.mycelium.driver.modbus.internal.profile;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/** The profiles that are built in, and those that are files. */
public final class Profiles {

  private static final String FOLDER = "/city/mycelium/driver/modbus/profiles/";
  private static final String ENDING = ".json";
  private static final String NAME = "[a-z0-9][a-z0-9-]{0,39}";
  private static final long MOST_BYTES = 100_000;

  private Profiles() {}

  /** The names of those in this bundle: a profile is one by being there. */
  public static List<String> builtIn() {
    Bundle bundle = FrameworkUtil.getBundle(Profiles.class);
    Stream<String> files =
        bundle == null
            ? filesOutsideOsgi()
            : Collections.list(bundle.getEntryPaths(FOLDER)).stream();
    return files
        .filter(path -> path.endsWith(ENDING))
        .map(path -> path.substring(path.lastIndexOf('/') + 1, path.length() - ENDING.length()))
        .sorted()
        .toList();
  }

  /** In tests and tools. */
  private static Stream<String> filesOutsideOsgi() {
    URL folder = Profiles.class.getResource(FOLDER);
    try {
      if (folder != null && folder.openConnection() instanceof JarURLConnection jar) {
        return jar.getJarFile().stream()
            .map(JarEntry::getName)
            .filter(name -> ("/" + name).startsWith(FOLDER));
      }
      if (folder != null) {
        try (Stream<Path> all = Files.list(Path.of(folder.toURI()))) {
          return all.map(Path::toString).toList().stream();
        }
      }
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("the built-in profiles cannot be listed", e);
    }
    return Stream.empty();
  }

  /** The built-in profile with this name. */
  public static Profile named(String name) throws ProfileException {
    if (!name.matches(NAME) || Profiles.class.getResource(FOLDER + name + ENDING) == null) {
      throw new ProfileException(
          "no profile is called '"
              + name
              + "': type is one of "
              + String.join(", ", builtIn())
              + "; for another device write a profile and give its path as profile");
    }
    try (InputStream in = Profiles.class.getResourceAsStream(FOLDER + name + ENDING)) {
      if (in == null) {
        throw new IllegalStateException("profile " + name + " is not in this bundle");
      }
      return ProfileText.read(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException("profile " + name + " cannot be read", e);
    }
  }

  /** The profile in a file. */
  public static Profile file(String path) throws ProfileException {
    String file = path.substring(path.lastIndexOf('/') + 1);
    String name = file.endsWith(ENDING) ? file.substring(0, file.length() - ENDING.length()) : "";
    if (!path.startsWith("/") || !name.matches(NAME)) {
      throw new ProfileException(
          "profile is the whole path of a file that is named in a-z 0-9 - and .json, such as"
              + " /etc/mycelium/profiles/acme-meter.json, not '"
              + path
              + "'");
    }
    try {
      if (Files.size(Path.of(path)) > MOST_BYTES) {
        throw new ProfileException("has more than " + MOST_BYTES + " bytes");
      }
      return ProfileText.read(name, Files.readString(Path.of(path), StandardCharsets.UTF_8));
    } catch (ProfileException e) { // the same, with the file's name before it
      throw new ProfileException(path + ": " + e.getMessage());
    } catch (IOException | InvalidPathException e) {
      throw new ProfileException(
          path + " cannot be read: is it there, and may the gateway read it? (" + e + ")");
    }
  }
}
