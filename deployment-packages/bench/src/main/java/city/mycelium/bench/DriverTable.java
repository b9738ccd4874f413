package city.mycelium.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How short each driver is, counted in the sources. A driver is a class that a bus finds by itself,
 * or a folder or file of data; its own files are those that no other driver of its bus uses, and
 * what several use is counted beside it as support.
 */
final class DriverTable {

  /**
   * A driver.
   *
   * @param bus what it belongs to
   * @param name what it is called in a configuration
   * @param files its own files of main code or data
   * @param mainLines lines in them, neither blank nor comment
   * @param testLines lines of the tests that are named after it
   * @param metadata files beside its code that only describe it
   * @param elsewhere files outside its module that name its class
   * @param support the files that it shares with others of its bus
   */
  record Row(
      String bus,
      String name,
      int files,
      int mainLines,
      int testLines,
      int metadata,
      int elsewhere,
      Set<String> support) {}

  /**
   * Where classes of a bus are, and what makes one a driver.
   *
   * @param inside how the folder of such a class ends; empty for any
   */
  private record Bus(String name, String folder, String marker, String inside) {}

  /**
   * What reckons on top of a chip, a concentration or whether a car is there, is no polled chip.
   */
  private static final List<Bus> BUSES =
      List.of(
          new Bus("i2c", "device-drivers/driver-i2c", "implements I2cChip", "/chip"),
          new Bus("i2c, NO2", "device-drivers/driver-i2c", "implements I2cChip", "/no2"),
          new Bus("i2c, parking", "device-drivers/driver-i2c", "implements I2cChip", "/parking"),
          new Bus("serial", "device-drivers/driver-serial", "implements SerialSensor", ""),
          new Bus("sysfs", "device-drivers/driver-sysfs", "implements SysfsSensor", ""),
          new Bus("gpio", "device-drivers/driver-sysfs", "implements DeviceKind<Gpio>", ""));

  private static final Pattern NAME =
      Pattern.compile("DeviceDescription\\s*\\.?\\s*\\.of\\(\\s*\"([a-z0-9-]+)\"");
  private static final Pattern WORD = Pattern.compile("\\b[A-Z][A-Za-z0-9_]*\\b");

  private final Path root;
  private final List<Row> rows = new ArrayList<>();

  /** Lines of the files that several drivers of a bus use, by bus and file. */
  private final Map<String, Map<String, Integer>> support = new LinkedHashMap<>();

  private DriverTable(Path root) {
    this.root = root;
  }

  /** Counts a source tree. */
  static DriverTable of(Path root) throws IOException {
    DriverTable table = new DriverTable(root);
    for (Bus bus : BUSES) {
      table.add(bus);
    }
    table.addData("modbus", "device-drivers/driver-modbus", ".json");
    table.addFolders("lorawan", "device-drivers/driver-lorawan", "devices");
    return table;
  }

  double[] linesOf(String bus) {
    return of(bus).mapToDouble(Row::mainLines).toArray();
  }

  double mostMetadata(String bus) {
    return of(bus).mapToDouble(Row::metadata).max().orElse(Double.NaN);
  }

  double mostElsewhere(String bus) {
    return of(bus).mapToDouble(Row::elsewhere).max().orElse(Double.NaN);
  }

  private Stream<Row> of(String bus) {
    return rows.stream().filter(row -> row.bus().equals(bus));
  }

  // Classes

  private void add(Bus bus) throws IOException {
    Path main = root.resolve(bus.folder()).resolve("src/main/java");
    Map<String, Source> classes = new HashMap<>();
    for (Path file : files(main, ".java")) {
      classes.put(withoutEnd(file), Source.of(file));
    }
    List<Source> drivers =
        classes.values().stream()
            .filter(source -> source.isDriverOf(bus))
            .sorted(Comparator.comparing(Source::name))
            .toList();
    Map<String, Integer> shared =
        support.computeIfAbsent(bus.name(), name -> new LinkedHashMap<>());
    List<Source> all =
        classes.values().stream()
            .filter(source -> BUSES.stream().anyMatch(source::isDriverOf))
            .toList();
    for (Source driver : drivers) {
      List<Source> own = new ArrayList<>(List.of(driver));
      Set<String> others = new TreeSet<>();
      for (Source used : reach(driver, classes)) {
        if (!all.contains(used)
            && all.stream().allMatch(d -> d.equals(driver) || !reach(d, classes).contains(used))) {
          own.add(used);
        } else {
          others.add(used.name());
          shared.put(used.name(), used.lines());
        }
      }
      rows.add(
          new Row(
              bus.name(),
              driver.kind(),
              own.size(),
              own.stream().mapToInt(Source::lines).sum(),
              testLines(root.resolve(bus.folder()), own),
              0,
              elsewhere(bus, driver),
              others));
    }
  }

  /** A class, and what stands in its file. */
  private record Source(
      String name, String folder, String text, int lines, String kind, Set<String> words) {

    static Source of(Path file) {
      String text = read(file);
      Matcher kind = NAME.matcher(text);
      return new Source(
          withoutEnd(file),
          DriverTable.folder(file),
          text,
          DriverTable.lines(file),
          kind.find() ? kind.group(1) : withoutEnd(file),
          WORD.matcher(code(file))
              .results()
              .map(match -> match.group())
              .collect(Collectors.toCollection(TreeSet::new)));
    }

    String fullName() {
      return folder.substring(folder.indexOf("city/mycelium")).replace('/', '.') + "." + name;
    }

    boolean isDriverOf(Bus bus) {
      return text.contains(bus.marker()) && folder.endsWith(bus.inside());
    }
  }

  /** All classes of its module that a driver uses, directly or not. */
  private static Set<Source> reach(Source driver, Map<String, Source> classes) {
    Set<Source> reached = new LinkedHashSet<>();
    List<Source> open = new ArrayList<>(List.of(driver));
    while (!open.isEmpty()) {
      for (String word : open.remove(open.size() - 1).words()) {
        Source used = classes.get(word);
        if (used != null && !used.equals(driver) && reached.add(used)) {
          open.add(used);
        }
      }
    }
    return reached;
  }

  private int testLines(Path module, List<Source> classes) throws IOException {
    int lines = 0;
    for (Path test : files(module.resolve("src/test/java"), ".java")) {
      String name = withoutEnd(test);
      if (classes.stream().anyMatch(c -> name.startsWith(c.name()) && name.endsWith("Test"))) {
        lines += lines(test);
      }
    }
    return lines;
  }

  /** Main files outside the module in which the class's full name stands. */
  private int elsewhere(Bus bus, Source driver) throws IOException {
    int count = 0;
    for (String folder : List.of("gateway-bundles", "device-drivers", "cloud-connector")) {
      for (Path file : files(root.resolve(folder), ".java")) {
        if (file.toString().contains("/src/main/")
            && !file.startsWith(root.resolve(bus.folder()))
            && read(file).contains(driver.fullName())) {
          count++;
        }
      }
    }
    return count;
  }

  // Data

  private void addData(String bus, String folder, String end) throws IOException {
    Path module = root.resolve(folder);
    for (Path file : files(module.resolve("src/main/resources"), end)) {
      String name = withoutEnd(file);
      rows.add(
          new Row(bus, name, 1, 0, dataTests(module, name), 1, 0, Set.of("its lines are data")));
    }
  }

  private int dataTests(Path module, String name) throws IOException {
    String flat = name.replace("-", "").replace("_", "");
    int lines = 0;
    for (Path test : files(module.resolve("src/test"), "")) {
      if (withoutEnd(test).toLowerCase(Locale.ROOT).replace("-", "").contains(flat)) {
        lines += lines(test);
      }
    }
    return lines;
  }

  private void addFolders(String bus, String folder, String inside) throws IOException {
    Path resources = root.resolve(folder).resolve("src/main/resources");
    Map<Path, List<Path>> folders =
        files(resources, "").stream()
            .filter(file -> folder(file).contains("/" + inside + "/"))
            .collect(Collectors.groupingBy(file -> resources.resolve(folder(file))));
    folders.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            entry ->
                rows.add(
                    new Row(
                        bus,
                        name(entry.getKey()),
                        entry.getValue().size(),
                        entry.getValue().stream()
                            .filter(file -> name(file).endsWith(".js"))
                            .mapToInt(DriverTable::lines)
                            .sum(),
                        entry.getValue().stream()
                            .filter(file -> name(file).equals("frames.jsonl"))
                            .mapToInt(DriverTable::lines)
                            .sum(),
                        1,
                        0,
                        Set.of("its code is a script in JavaScript"))));
  }

  // Printing

  /** The page, as docs/drivers.md has it. */
  String markdown() {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Every driver, and what it takes

        Printed by `./mycelium bench drivers --table`; do not edit. Lines are counted without blank ones and comments. A driver's own files
        are those that no other driver of its bus uses; what several use is support, and counted below. *Elsewhere* are files of
        main code outside the driver's module that name it. Metadata are files that only describe: a register profile or a device
        profile is one. For drivers that are data, the lines are those of their script, and tests are their golden frames.

        """);
    for (String bus : rows.stream().map(Row::bus).distinct().toList()) {
      List<Row> of = of(bus).sorted(Comparator.comparing(Row::name)).toList();
      page.append("## ").append(bus).append("\n\n");
      page.append("| driver | files | lines | lines of test | metadata | elsewhere | support |\n");
      page.append("|---|---|---|---|---|---|---|\n");
      of.forEach(row -> page.append(line(row)));
      double[] lines = of.stream().mapToDouble(Row::mainLines).toArray();
      Figure figure = Figure.reported("", "", lines);
      page.append(
          String.format(
              Locale.ROOT,
              "%n%d drivers; lines: median %.0f, most %.0f.%n%n",
              of.size(),
              figure.median(),
              figure.highest()));
      Map<String, Integer> shared = support.getOrDefault(bus, Map.of());
      if (!shared.isEmpty()) {
        page.append("Support, in lines: ")
            .append(
                shared.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(entry -> entry.getKey() + " " + entry.getValue())
                    .collect(Collectors.joining(", ")))
            .append(".\n\n");
      }
    }
    return page.toString().strip() + "\n";
  }

  private static String line(Row row) {
    return String.format(
        "| `%s` | %d | %d | %d | %d | %d | %s |%n",
        row.name(),
        row.files(),
        row.mainLines(),
        row.testLines(),
        row.metadata(),
        row.elsewhere(),
        String.join(", ", row.support()));
  }

  // Files

  private static List<Path> files(Path folder, String end) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> name(file).endsWith(end) && !file.toString().contains("/target/"))
          .filter(file -> !name(file).equals("package-info.java"))
          .sorted()
          .toList();
    }
  }

  private static String folder(Path file) {
    Path parent = file.getParent();
    return parent == null ? "" : parent.toString();
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static String withoutEnd(Path file) {
    String name = name(file);
    int dot = name.lastIndexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  private static int lines(Path file) {
    return Math.toIntExact(code(file).lines().filter(line -> !line.isBlank()).count());
  }

  /** Without comments. Java's and JavaScript's are alike; JSON has none. */
  private static String code(Path file) {
    String text = read(file);
    return name(file).endsWith(".java") || name(file).endsWith(".js")
        ? text.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)(^|\\s)//.*$", "")
        : text;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
