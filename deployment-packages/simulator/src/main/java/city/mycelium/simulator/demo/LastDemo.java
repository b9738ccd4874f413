package city.mycelium.simulator.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the last demonstration of this user is kept, so that it can be asked afterwards: one
 * folder, replaced by the next one. In the folder for temporary files, as nobody should have to
 * clear it away.
 */
public final class LastDemo {

  private final Path place;

  LastDemo(Path temporary, String user) {
    place = temporary.resolve("mycelium-demo-" + user);
  }

  public static LastDemo ofThisUser() {
    return new LastDemo(
        Path.of(System.getProperty("java.io.tmpdir")), System.getProperty("user.name"));
  }

  /**
   * Where it is.
   *
   * @throws IOException if there is none, or somebody else put something there
   */
  public Path find() throws IOException {
    if (!Files.isDirectory(place)) {
      throw new IOException("no demo was kept in " + place);
    }
    if (!Files.getOwner(place).equals(Files.getOwner(Path.of(System.getProperty("user.home"))))) {
      throw new IOException(place + " is not yours");
    }
    return place;
  }

  /**
   * Keeps this one instead of the one before.
   *
   * @param folder moved
   * @return where it is now
   */
  Path keep(Path folder) throws IOException {
    if (Files.exists(place)) {
      delete(place);
    }
    return Files.move(folder, place);
  }

  private static void delete(Path folder) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(folder)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.delete(file);
    }
  }
}
