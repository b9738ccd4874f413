package city.mycelium.launcher;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the launcher was asked to do.
 *
 * @param bundles the folder of the bundle set
 * @param config the folder of the configuration files
 * @param data the data directory
 */
record CommandLine(Path bundles, Path config, Path data) {

  /** The data directory, for whoever starts the launcher and for the bundles inside. */
  static final String DATA_PROPERTY = "mycelium.data";

  static final String USAGE =
      """
      Starts a Mycelium gateway.

        --bundles DIR   the bundle set: a folder of jars with their hashes in bundles.sha256
        --config DIR    the configuration: *.json, read again whenever a file changes
        --data DIR      everything the gateway keeps (or: -Dmycelium.data=DIR)
        --help          this text

      The log goes to standard output; -Dtinylog.level=debug before the class says more.
      Exit code 0: stopped cleanly. 1: not cleanly. 2: it was given something it cannot start with.
      """;

  /**
   * Reads the arguments.
   *
   * @param dataProperty the value of {@link #DATA_PROPERTY}, which {@code --data} overrules
   */
  static CommandLine parse(List<String> arguments, @Nullable String dataProperty)
      throws LaunchException {
    Map<String, Path> given = new HashMap<>();
    if (dataProperty != null) {
      given.put("--data", Path.of(dataProperty));
    }
    for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
      String option = rest.next();
      switch (option) {
        case "--bundles", "--config", "--data" -> {
          if (!rest.hasNext()) {
            throw new LaunchException(option + " needs a folder after it.\n\n" + USAGE);
          }
          given.put(option, Path.of(rest.next()));
        }
        default -> throw new LaunchException("Unknown argument: " + option + "\n\n" + USAGE);
      }
    }
    return new CommandLine(
        required(given, "--bundles"), required(given, "--config"), required(given, "--data"));
  }

  private static Path required(Map<String, Path> given, String option) throws LaunchException {
    Path path = given.get(option);
    if (path == null) {
      throw new LaunchException(option + " is missing.\n\n" + USAGE);
    }
    return path.toAbsolutePath().normalize();
  }
}
