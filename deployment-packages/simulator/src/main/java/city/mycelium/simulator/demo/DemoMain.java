package city.mycelium.simulator.demo;

import city.mycelium.simulator.Options;
import city.mycelium.simulator.Options.UsageException;
import city.mycelium.simulator.town.FurtherDestinations;
import city.mycelium.simulator.town.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code mycelium demo}: exits 0 only if everything arrived, once. */
public final class DemoMain {

  private static final String HELP =
      """
      mycelium demo: a gateway, a broker, a receiver and a neighbourhood of simulated
      sensors, each a process of its own, with a ledger at the end.

        --duration 30s    how long                                  (30s)
        --outage 15s      the broker is away so long in the middle  (none)
        --kill N          the gateway is killed so often            (0)
        --json            only the ledger, as one JSON object
        --seed N          another neighbourhood, other weather      (1)
        --speedup X       kits post X times as often as in life     (40)
        --also FILE       real platforms that get the town's aggregates beside the receiver:
                          a JSON file with their Destinations and connectors, as the folder
                          of a gateway's configuration has them (docs/connect-….md). The
                          owners grant whom it names means of ten minutes and longer
        --keep DIR        keeps data and logs in this folder; otherwise they are kept
                          until the next demo, for ./mycelium ledger
        --home DIR        the distribution                          (needed)

      Exits 0 if the sums balance and nothing was lost, dropped, stored twice or left; of
      platforms beside the receiver: if theirs balance and nothing was left.
      """;

  private static final Set<String> NAMED =
      Set.of("duration", "outage", "kill", "seed", "speedup", "also", "keep", "home");
  private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(s|m|min|h)?");

  private static final int NOT_SOUND = 1;
  private static final int USAGE = 2;

  private DemoMain() {}

  public static void main(String[] words) throws InterruptedException {
    try {
      Options options = Options.parse(List.of(words), NAMED, Set.of("help", "json"));
      if (options.has("help")) {
        System.out.print(HELP);
        return;
      }
      System.exit(run(options));
    } catch (UsageException | IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(USAGE);
    } catch (IOException e) {
      System.err.println("The demo failed: " + e.getMessage());
      System.exit(NOT_SOUND);
    }
  }

  private static int run(Options options) throws UsageException, IOException, InterruptedException {
    Settings settings = settings(options);
    String keep = options.find("keep");
    Path folder = keep == null ? Files.createTempDirectory("mycelium-demo") : empty(keep);
    Screen screen = new Screen(System.out, Screen.fitting(options.has("json"), isTerminal()));
    Ledger ledger;
    try (Demo demo = new Demo(settings, folder, screen)) {
      ledger = demo.run();
    } catch (IOException e) {
      throw new IOException(e.getMessage() + ". Data and logs are kept in " + folder, e);
    }
    System.out.println(options.has("json") ? ledger.toJson() : ledger.toTable());
    ledger.further().troubles().forEach(System.err::println);
    if (!ledger.isSound()) {
      System.err.println("Data and logs are kept in " + folder);
      return NOT_SOUND;
    }
    System.err.println(
        keep == null
            ? "Ask again with ./mycelium ledger; data and logs of this demo are kept in "
                + LastDemo.ofThisUser().keep(folder)
            : "Ask again with ./mycelium ledger --demo " + folder);
    return 0;
  }

  private static Settings settings(Options options) throws UsageException, IOException {
    String also = options.find("also");
    return new Settings(
        duration(options, "duration", "30s"),
        duration(options, "outage", "0s"),
        Math.toIntExact(options.wholeNumber("kill", 0)),
        options.wholeNumber("seed", 1),
        options.number("speedup", 40),
        Path.of(options.need("home")).toAbsolutePath(),
        also == null ? FurtherDestinations.NONE : FurtherDestinations.read(Path.of(also)));
  }

  /** What an earlier demo promised cannot be told from what this one promises. */
  private static Path empty(String keep) throws UsageException, IOException {
    Path folder = Files.createDirectories(Path.of(keep).toAbsolutePath());
    try (Stream<Path> files = Files.list(folder)) {
      if (files.findAny().isPresent()) {
        throw new UsageException("--keep needs a folder that is empty, and " + folder + " is not");
      }
    }
    return folder;
  }

  /** {@code 90}, {@code 90s}, {@code 5m}, {@code 1h}. */
  private static Duration duration(Options options, String name, String otherwise)
      throws UsageException {
    String text = options.get(name, otherwise).toLowerCase(Locale.ROOT);
    Matcher parts = DURATION.matcher(text);
    if (!parts.matches()) {
      throw new UsageException("--" + name + " is a time such as 30s or 5m, not '" + text + "'");
    }
    long count = Long.parseLong(parts.group(1));
    String unit = parts.group(2);
    return unit == null || unit.equals("s")
        ? Duration.ofSeconds(count)
        : unit.equals("h") ? Duration.ofHours(count) : Duration.ofMinutes(count);
  }

  /** Java does not tell on which kind of file standard output is; Linux does (proc(5)). */
  private static boolean isTerminal() {
    try {
      Path output = Files.readSymbolicLink(Path.of("/proc/self/fd/1"));
      return output.startsWith("/dev/pts") || output.toString().startsWith("/dev/tty");
    } catch (IOException e) {
      return false; // not Linux: lines do everywhere
    }
  }
}
