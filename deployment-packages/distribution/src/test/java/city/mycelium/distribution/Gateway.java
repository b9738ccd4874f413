package city.mycelium.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The distribution under test, as files. */
final class Gateway {

  /** The folder that the zip holds. */
  static final Path HOME = Path.of(System.getProperty("gateway"));

  /** The bundle set in it. */
  static final Path SET = HOME.resolve("bundles/main");

  /** Where the deployment packages are. */
  static final Path PACKAGES = Path.of(System.getProperty("packages"));

  private Gateway() {}

  /** Our own bundles, without the wrapped libraries, by the tail of their names. */
  static Stream<String> modules() throws IOException {
    return bundles()
        .map(jar -> header(jar, "Bundle-SymbolicName"))
        .filter(name -> name.startsWith("city.mycelium."))
        .filter(name -> !name.startsWith("city.mycelium.libraries."))
        .map(name -> name.substring("city.mycelium.".length()));
  }

  /** The jar of one of our own bundles. */
  static Path jar(String module) throws IOException {
    return bundles()
        .filter(jar -> header(jar, "Bundle-SymbolicName").equals("city.mycelium." + module))
        .findAny()
        .orElseThrow();
  }

  /** The jars of the set. */
  static Stream<Path> bundles() throws IOException {
    try (Stream<Path> files = Files.list(SET)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList().stream();
    }
  }

  /** The packages that a bundle imports. */
  static List<String> imports(Path jar) {
    // Without the quoted values, commas part packages and semicolons part a package from the rest.
    return Stream.of(header(jar, "Import-Package").replaceAll("\"[^\"]*\"", "").split(","))
        .map(clause -> clause.split(";", 2)[0].strip())
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /** A header of a jar's manifest; empty if it has none. */
  static String header(Path file, String name) {
    try (JarFile jar = new JarFile(file.toFile())) {
      Attributes headers = jar.getManifest().getMainAttributes();
      return headers.getValue(name) == null ? "" : headers.getValue(name);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }
}
