package city.mycelium.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A bundle set that is no more than configuration needs, made of the jars on the class path. */
final class TestSet {

  /**
   * A class in each of them; Configuration Admin before the Configurator, as the real set has it.
   */
  private static final List<String> CORE =
      List.of(
          "org.osgi.util.function.Function",
          "org.osgi.util.converter.Converter",
          "org.apache.felix.cm.json.io.Configurations",
          "org.apache.felix.cm.PersistenceManager",
          "org.apache.felix.configurator.impl.Activator");

  private final Path folder;
  private final List<String> files = new ArrayList<>();

  TestSet(Path folder) throws Exception {
    this.folder = Files.createDirectories(folder);
    for (String name : CORE) {
      Path jar =
          Path.of(Class.forName(name).getProtectionDomain().getCodeSource().getLocation().toURI());
      Files.copy(jar, folder.resolve(jar.getFileName()));
      files.add(jar.getFileName().toString());
    }
  }

  /** Adds the packaged defaults. */
  TestSet defaults(String json) throws Exception {
    Folders.write(folder.resolve("defaults.json"), json);
    files.add("defaults.json");
    return this;
  }

  /** Adds a bundle that listens to PIDs. */
  TestSet listening(String pids) throws Exception {
    ListeningBundle.write(folder.resolve("listening.jar"), pids);
    files.add("listening.jar");
    return this;
  }

  /** Adds a file that is already in the folder. */
  TestSet with(String file) {
    files.add(file);
    return this;
  }

  /** Writes the hashes and reads the set as the launcher does. */
  BundleSet read() throws Exception {
    Folders.seal(folder, files.toArray(String[]::new));
    return BundleSet.read(folder);
  }
}
