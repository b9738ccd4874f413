package city.mycelium.emulated.hardware;

import city.mycelium.emulated.hardware.cell.Cell;
import city.mycelium.emulated.hardware.cell.Outcome;
import city.mycelium.simulator.Options;
import city.mycelium.simulator.Options.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code mycelium test --emulated-hardware}: exits 0 only if no cell failed. */
public final class Main {

  private static final String HELP =
      """
      mycelium test --emulated-hardware: the packaged gateway on the device paths of a real Linux
      kernel; chips, cables and wires are emulated, and the report says so

        --only BENCH,…   smbus (user-mode Linux), pc (QEMU), aarch64 (qemu-user)       (all)
        --keep DIR       keeps configuration and logs in this folder
        --json           only the report, as one JSON object

      Needs the Debian packages user-mode-linux, i2c-tools, qemu-system-x86; a kernel and a Java for
      aarch64 are fetched and unpacked without being installed. What this machine cannot do is left
      out, with the reason. Exits 0 if no cell failed.
      """;

  private static final int DOES_NOT_HOLD = 1;
  private static final int USAGE = 2;

  private Main() {}

  public static void main(String[] words) throws InterruptedException {
    try {
      Options options =
          Options.parse(
              List.of(words), Set.of("home", "guests", "only", "keep"), Set.of("help", "json"));
      if (options.has("help")) {
        System.out.print(HELP);
        return;
      }
      System.exit(run(options));
    } catch (UsageException e) {
      System.err.println(e.getMessage());
      System.exit(USAGE);
    } catch (IOException e) {
      System.err.println("The emulated hardware could not be set up: " + e.getMessage());
      System.exit(DOES_NOT_HOLD);
    }
  }

  private static int run(Options options) throws UsageException, IOException, InterruptedException {
    Path home = Path.of(options.need("home")).toRealPath();
    Guests guests = new Guests(Path.of(options.get("guests", "guests")).toAbsolutePath());
    List<Bench> benches =
        chosen(
            List.of(new UmlBench(home), new PcBench(home, guests), new AarchBench(home, guests)),
            options.find("only"));
    boolean forPeople = !options.has("json");
    Path folder = folder(options);
    Report report = new Report();
    for (Bench bench : benches) {
      prove(bench, folder, report, forPeople);
    }
    System.out.println(forPeople ? report.summary() : report.json());
    if (!report.holds()) {
      System.err.println("Configuration and logs are kept in " + folder);
      return DOES_NOT_HOLD;
    }
    if (options.find("keep") == null) {
      delete(folder);
    }
    return 0;
  }

  private static List<Bench> chosen(List<Bench> all, @Nullable String only) throws UsageException {
    if (only == null) {
      return all;
    }
    List<String> names = List.of(only.split(","));
    for (String name : names) {
      if (all.stream().noneMatch(bench -> name(bench).equals(name))) {
        throw new UsageException(
            "there is no bench '"
                + name
                + "'; there are "
                + all.stream().map(Main::name).collect(Collectors.joining(", ")));
      }
    }
    return all.stream().filter(bench -> names.contains(name(bench))).toList();
  }

  private static String name(Bench bench) {
    return bench.workbench().name().toLowerCase(Locale.ROOT);
  }

  private static void prove(Bench bench, Path parent, Report report, boolean forPeople)
      throws IOException, InterruptedException {
    Path folder = Files.createDirectories(parent.resolve(name(bench)));
    List<Cell> cells = bench.workbench().cells(folder);
    String lacks = bench.lacks();
    List<Outcome> outcomes =
        lacks.isEmpty()
            ? proved(bench, cells, folder)
            : cells.stream().map(cell -> Outcome.skipped(cell, lacks)).toList();
    Map<String, Outcome> byCell =
        outcomes.stream().collect(Collectors.toMap(Outcome::cell, Function.identity()));
    for (Cell cell : cells) {
      Outcome outcome =
          byCell.getOrDefault(cell.name(), Outcome.failed(cell, "nothing was heard of it", 0));
      report.add(cell, outcome);
      if (forPeople) {
        System.out.print(Report.text(cell, outcome));
      }
    }
  }

  /** A bench that cannot be set up has failed its cells, and leaves the other benches theirs. */
  private static List<Outcome> proved(Bench bench, List<Cell> cells, Path folder)
      throws InterruptedException {
    try {
      return bench.prove(cells, folder);
    } catch (IOException e) {
      return cells.stream()
          .map(cell -> Outcome.failed(cell, "it could not be set up: " + e.getMessage(), 0))
          .toList();
    }
  }

  private static Path folder(Options options) throws IOException {
    String keep = options.find("keep");
    return keep == null
        ? Files.createTempDirectory("mycelium-hardware")
        : Files.createDirectories(Path.of(keep).toAbsolutePath());
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> tree = Files.walk(folder)) {
      all = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.delete(each);
    }
  }
}
