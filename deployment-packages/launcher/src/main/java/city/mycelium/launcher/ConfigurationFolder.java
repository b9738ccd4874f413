package city.mycelium.launcher;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The folder of configuration files, as somebody edits it: a change counts once the folder has
 * looked the same twice, so that a file is not read while it is being written. Not thread-safe.
 */
final class ConfigurationFolder {

  private record Stamp(FileTime modified, long bytes) {}

  private final Path folder;
  private final int ranking;

  /** What the folder looked like when it was last read, with or without success. */
  private Map<Path, Stamp> read = Map.of();

  private @Nullable Map<Path, Stamp> changing;

  /**
   * @param ranking of the layer that the folder is
   */
  ConfigurationFolder(Path folder, int ranking) {
    this.folder = folder;
    this.ranking = ranking;
  }

  /** Reads the folder as it is. */
  Layer read() throws LaunchException {
    read = look();
    return Layer.read(ranking, List.copyOf(read.keySet()));
  }

  /**
   * Looks once, and reads the folder if it has changed and come to rest.
   *
   * @return the changed configuration
   * @throws LaunchException if the changed folder is not a configuration; once for each change
   */
  Optional<Layer> poll() throws LaunchException {
    Map<Path, Stamp> now = look();
    if (now.equals(read)) {
      changing = null;
      return Optional.empty();
    }
    if (!now.equals(changing)) {
      changing = now;
      return Optional.empty();
    }
    changing = null;
    return Optional.of(read());
  }

  private Map<Path, Stamp> look() throws LaunchException {
    Map<Path, Stamp> files = new TreeMap<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder, "*.json")) {
      for (Path path : paths) {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        files.put(path, new Stamp(attributes.lastModifiedTime(), attributes.size()));
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      throw new LaunchException("There is no configuration folder " + folder + ".", e);
    } catch (IOException e) {
      throw new LaunchException("The configuration folder " + folder + " cannot be read: " + e, e);
    }
    return files;
  }
}
