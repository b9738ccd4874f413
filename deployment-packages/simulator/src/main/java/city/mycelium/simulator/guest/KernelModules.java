package city.mycelium.simulator.guest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The modules that lie beside a kernel. What a module needs stands in itself ({@code depends=} of
 * its {@code .modinfo} section), so that no index has to be there. Immutable.
 */
public final class KernelModules {

  private static final Pattern DEPENDS = Pattern.compile("\0depends=([^\0]*)\0");
  private static final String SUFFIX = ".ko";

  private final Path folder;
  private final Map<String, Path> files;

  private KernelModules(Path folder, Map<String, Path> files) {
    this.folder = folder;
    this.files = Map.copyOf(files);
  }

  /**
   * All that lie below a folder.
   *
   * @throws IOException if it cannot be read, or there are none that are not compressed
   */
  public static KernelModules in(Path folder) throws IOException {
    Map<String, Path> files = new HashMap<>();
    try (Stream<Path> tree = Files.walk(folder)) {
      tree.filter(file -> file.toString().endsWith(SUFFIX))
          .forEach(file -> files.put(nameOf(file), file));
    }
    if (files.isEmpty()) {
      throw new IOException("there are no kernel modules (*.ko) below " + folder);
    }
    return new KernelModules(folder, files);
  }

  /** Whether there is one of this name. */
  public boolean has(String name) {
    return files.containsKey(normal(name));
  }

  /**
   * These, and before each what it needs.
   *
   * @throws IOException if there is none of a name
   */
  public List<Path> inOrder(List<String> names) throws IOException {
    Set<Path> order = new LinkedHashSet<>();
    for (String name : names) {
      add(name, order);
    }
    return List.copyOf(order);
  }

  private void add(String name, Set<Path> order) throws IOException {
    Path file = files.get(normal(name));
    if (file == null) {
      throw new IOException("the kernel has no module " + name + " below " + folder);
    }
    if (order.contains(file)) {
      return;
    }
    for (String needed : needs(file)) {
      add(needed, order);
    }
    order.add(file);
  }

  private static List<String> needs(Path file) throws IOException {
    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    Matcher depends = DEPENDS.matcher(bytes);
    return depends.find()
        ? Stream.of(depends.group(1).split(",")).filter(name -> !name.isEmpty()).toList()
        : List.of();
  }

  private static String nameOf(Path file) {
    String name = String.valueOf(file.getFileName());
    return normal(name.substring(0, name.length() - SUFFIX.length()));
  }

  /** File names have hyphens where the kernel, now and then, has underscores. */
  private static String normal(String name) {
    return name.replace('-', '_');
  }
}
