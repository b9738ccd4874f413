package city.mycelium.distribution;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** A Java installation on this machine. */
record Jdk(Path home, int version) {

  private static final int OLDEST = 17;

  /** Where Linux distributions put theirs. */
  private static final Path SYSTEM = Path.of("/usr/lib/jvm");

  /** Those that a gateway runs on, each once: this one, JAVA_HOME and the system's. */
  static List<Jdk> found() throws IOException {
    List<Path> homes = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
    if (System.getenv("JAVA_HOME") != null) {
      homes.add(Path.of(System.getenv("JAVA_HOME")));
    }
    if (Files.isDirectory(SYSTEM)) {
      try (DirectoryStream<Path> installed = Files.newDirectoryStream(SYSTEM)) {
        installed.forEach(homes::add);
      }
    }
    Map<Path, Jdk> found = new LinkedHashMap<>();
    for (Path home : homes) {
      if (Files.isExecutable(home.resolve("bin/java")) && Files.exists(home.resolve("release"))) {
        Path real = home.toRealPath();
        int version = version(real);
        if (version >= OLDEST) {
          found.put(real, new Jdk(real, version));
        }
      }
    }
    return List.copyOf(found.values());
  }

  /** The feature version: 17 of {@code JAVA_VERSION="17.0.15"}. */
  private static int version(Path home) throws IOException {
    Properties release = new Properties();
    try (Reader text = Files.newBufferedReader(home.resolve("release"))) {
      release.load(text);
    }
    return Runtime.Version.parse(release.getProperty("JAVA_VERSION").replace("\"", "")).feature();
  }
}
