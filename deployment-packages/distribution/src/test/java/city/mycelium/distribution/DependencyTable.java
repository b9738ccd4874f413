package city.mycelium.distribution;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who may import whom, read from {@code dependency-table.txt}. */
final class DependencyTable {

  private final Map<String, List<String>> groups = new HashMap<>();
  private final Map<String, List<String>> modules = new HashMap<>();

  private DependencyTable() {}

  static DependencyTable read() throws IOException {
    DependencyTable table = new DependencyTable();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                DependencyTable.class.getResourceAsStream("dependency-table.txt"),
                StandardCharsets.UTF_8))) {
      lines.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(table::add);
    }
    return table;
  }

  private void add(String line) {
    String[] sides = line.split(" [=:] ", 2);
    (line.contains(" = ") ? groups : modules)
        .put(sides[0].strip(), List.of(sides[1].strip().split(" ")));
  }

  /** The packages that a module imports and may not; all of them for a module not in the table. */
  List<String> forbidden(String module, Collection<String> imports) {
    List<String> allowed =
        modules.getOrDefault(module, List.of()).stream()
            .flatMap(name -> groups.getOrDefault(name, List.of(name)).stream())
            .toList();
    return imports.stream()
        .filter(imported -> allowed.stream().noneMatch(pattern -> covers(pattern, imported)))
        .filter(imported -> !inside("city.mycelium." + module, imported))
        .sorted()
        .toList();
  }

  private static boolean covers(String pattern, String imported) {
    return pattern.endsWith(".*")
        ? inside(pattern.substring(0, pattern.length() - ".*".length()), imported)
        : pattern.equals(imported);
  }

  private static boolean inside(String parent, String imported) {
    return imported.equals(parent) || imported.startsWith(parent + ".");
  }
}
