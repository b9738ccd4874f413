package city.mycelium.bench;

import city.mycelium.bench.dialects.DialectTable;
import city.mycelium.bench.platforms.PlatformsBench;
import city.mycelium.simulator.demo.LastDemo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code mycelium bench}. */
public final class Main {

  private static final int RUNS = 5;

  private static final String HELP =
      """
      mycelium bench journal [--runs N] [--dir DIR] [--replay DATA] [--json]
          synced ingest and bytes physically written, per batch size, on the medium of DIR, by
          appending and over an observation's whole life; the data of a demo is measured as well: of
          the last one, or of the gateway whose data directory is DATA
      mycelium bench backlog [--runs N] [--dir DIR] [--json]
          20 million observations: opening, memory, reading at the end as at the start
      mycelium bench aggregate [--runs N] [--dir DIR] [--json]
          1,000 datastreams through windows of 1, 10 and 60 minutes
      mycelium bench sync [--runs N] [--dir DIR] [--json]
          a backlog drained to a Mosquitto on this machine
      mycelium bench coap [--runs N] [--json]
          confirmed messages of 1 KB over DTLS with Connection ID, at NSTART 16 and 1
      mycelium bench platforms [--only connector=C,dialect=D,fault=F] [--runs N] [--dir DIR] [--json]
          every connector with every dialect that goes with it, while something goes wrong: what
          was accepted, delivered, stored twice at the platform, lost; with --only some cells of
          that matrix, each word as often as wanted. Exits 1 if something is lost, or stored twice
          where the platform can tell (docs/platforms-matrix.md). Then how fast each dialect writes,
          and what nine destinations have left beside one that hangs. With --table it prints only
          docs/dialects.md
      mycelium bench lorawan [--runs N] [--dir DIR] [--corpus CODECS] [--json]
          1,000 devices at 2,000 uplinks/s from UDP to the journal; memory of codecs, and how
          hostile ones are stopped; CODECS is a folder of payload formatters (TS013) with examples,
          held against node.js
      mycelium bench drivers [--runs N] [--json]
          200 emulated sensors at 1 Hz, alone and beside one that hangs and one that throws; and how
          short drivers are. With --table it prints only the table of docs/drivers.md
      mycelium bench footprint [--duration 10m] [--json]
          the gateway of the demo at -Xmx64m: memory, and processor time to the first delivery

      Prints median, lowest and highest beside the goal. Exits 0 if it could measure
      and, where something must hold, it does.
      """;

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    List<String> words = List.of(arguments);
    if (words.isEmpty() || words.contains("--help")) {
      System.out.print(HELP);
      System.exit(words.isEmpty() ? 2 : 0);
    }
    if (!List.of(
            "journal",
            "backlog",
            "aggregate",
            "sync",
            "coap",
            "platforms",
            "lorawan",
            "drivers",
            "footprint")
        .contains(words.get(0))) {
      System.err.println("there is no benchmark '" + words.get(0) + "'");
      System.err.print(HELP);
      System.exit(2);
    }
    if (words.get(0).equals("drivers") && words.contains("--table")) {
      System.out.print(
          DriverTable.of(
                  sources()
                      .orElseThrow(
                          () -> new IOException("this is no source tree: nothing to count")))
              .markdown());
      return;
    }
    if (words.get(0).equals("platforms") && words.contains("--table")) {
      System.out.print(DialectTable.ofAll().markdown());
      return;
    }
    Path parent = Path.of(option(words, "--dir", System.getProperty("java.io.tmpdir")));
    Path workspace = Files.createTempDirectory(parent, "mycelium-bench");
    boolean isGood = true;
    try {
      if (words.get(0).equals("platforms")) {
        PlatformsBench.Found found =
            new PlatformsBench(workspace, runs(words), option(words, "--only", "")).run();
        System.out.print(words.contains("--json") ? found.json() + "\n" : found.text());
        isGood = found.isGood();
      } else {
        Report report = run(words, workspace);
        System.out.print(words.contains("--json") ? report.json() + "\n" : report.text());
      }
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      isGood = false;
    } finally {
      Workspace.delete(workspace);
    }
    if (!isGood) {
      System.exit(1);
    }
  }

  private static Report run(List<String> words, Path workspace) throws Exception {
    int runs = runs(words);
    return switch (words.get(0)) {
      case "journal" -> new JournalBench(workspace, runs, demoData(words)).run();
      case "backlog" -> new BacklogBench(workspace, runs).run();
      case "aggregate" -> new AggregateBench(workspace, runs).run();
      case "sync" -> new SyncBench(workspace, runs).run();
      case "coap" -> new CoapBench(workspace, runs).run();
      case "lorawan" -> new LorawanBench(workspace, runs, path(words, "--corpus")).run();
      case "drivers" -> new DriversBench(runs, sources()).run();
      default ->
          new FootprintBench(
                  Path.of(System.getProperty("mycelium.home")),
                  workspace,
                  duration(option(words, "--duration", "10m")))
              .run();
    };
  }

  private static int runs(List<String> words) {
    return Integer.parseInt(option(words, "--runs", Integer.toString(RUNS)));
  }

  /** The source tree that the distribution was built in, if this is it. */
  private static Optional<Path> sources() {
    for (Path folder = Path.of(System.getProperty("mycelium.home")).toAbsolutePath();
        folder != null;
        folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve("pom.xml"))
          && Files.isDirectory(folder.resolve("device-drivers"))) {
        return Optional.of(folder);
      }
    }
    return Optional.empty();
  }

  private static Optional<Path> demoData(List<String> words) {
    Optional<Path> given = path(words, "--replay");
    if (given.isPresent()) {
      return given;
    }
    try {
      return Optional.of(LastDemo.ofThisUser().find().resolve("data"));
    } catch (IOException e) {
      return Optional.empty(); // there was none: the report says so
    }
  }

  private static Optional<Path> path(List<String> words, String name) {
    return Optional.of(option(words, name, "")).filter(text -> !text.isEmpty()).map(Path::of);
  }

  private static String option(List<String> words, String name, String otherwise) {
    int at = words.indexOf(name);
    return at >= 0 && at + 1 < words.size() ? words.get(at + 1) : otherwise;
  }

  /** Such as 30s or 10m. */
  private static Duration duration(String text) {
    return Duration.parse("PT" + text.toUpperCase(java.util.Locale.ROOT));
  }
}
