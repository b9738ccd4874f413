package city.mycelium.chaos;

import city.mycelium.chaos.powercut.PowerCuts;
import city.mycelium.simulator.Options;
import city.mycelium.simulator.Options.UsageException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** {@code mycelium chaos}: exits 0 only if everything is accounted for. */
public final class Main {

  private static final String HELP =
      """
      mycelium chaos: a town under load in which things go wrong, by seed; the ledger at the end

        --kills N          SIGKILLs of the gateway at random moments       (20)
        --broker-stops N   the broker goes and comes back                  (kills / 40, at least 1)
        --resets N         every connection to the broker is reset         (kills / 20, at least 1)
        --half-open N      connections stay open, nothing gets through     (kills / 40, at least 1)
        --disk-full N      the gateway's disk is full (needs root)         (kills / 100, at least 1)
        --clock-leaps N    the wall clock leaps and comes back             (kills / 100, at least 1)
        --damage N         a page of the journal turns into noise          (kills / 200, at least 1)
        --seed N           the same seed makes the same plan               (1)
        --keep DIR         keeps data and logs in this folder
        --json             only the verdict, as one JSON object

      mycelium chaos --power-cuts N [--seed N] [--json]
        a guest machine (user-mode Linux) writes a journal and loses its power N times; what it had
        acknowledged is compared with what is there. The control, a journal that does not wait for
        its disk, must lose something, or nothing is proved.

      Exits 0 if the ledger balances and nothing is lost, stored twice or has a wrong time.
      """;

  private static final int DOES_NOT_HOLD = 1;
  private static final int USAGE = 2;
  private static final int USUAL_KILLS = 20;

  private Main() {}

  public static void main(String[] words) throws InterruptedException {
    Set<String> named = new HashSet<>(Set.of("seed", "keep", "home", "power-cuts"));
    for (Fault fault : Fault.values()) {
      named.add(fault.option());
    }
    try {
      Options options = Options.parse(List.of(words), named, Set.of("help", "json"));
      if (options.has("help")) {
        System.out.print(HELP);
        return;
      }
      System.exit(options.find("power-cuts") == null ? chaos(options) : powerCuts(options));
    } catch (UsageException | IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(USAGE);
    } catch (IOException e) {
      System.err.println("Chaos failed: " + e.getMessage());
      System.exit(DOES_NOT_HOLD);
    }
  }

  private static int chaos(Options options)
      throws UsageException, IOException, InterruptedException {
    long seed = options.wholeNumber("seed", 1);
    ChaosPlan plan = ChaosPlan.of(counts(options), seed);
    Path folder = folder(options);
    Verdict verdict;
    try (ChaosRun run =
        new ChaosRun(
            Path.of(options.need("home")).toAbsolutePath(), folder, plan, seed, said(options))) {
      verdict = run.run();
    } catch (IOException e) {
      throw new IOException(e.getMessage() + ". Logs are kept in " + folder, e);
    }
    System.out.println(options.has("json") ? verdict.toJson() : verdict.toTable());
    return finish(options, folder, verdict.holds());
  }

  private static Map<Fault, Integer> counts(Options options) throws UsageException {
    int kills = count(options, Fault.KILL, USUAL_KILLS);
    Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
    counts.put(Fault.KILL, kills);
    counts.put(Fault.BROKER_STOP, count(options, Fault.BROKER_STOP, kills / 40));
    counts.put(Fault.RESET, count(options, Fault.RESET, kills / 20));
    counts.put(Fault.HALF_OPEN, count(options, Fault.HALF_OPEN, kills / 40));
    counts.put(Fault.DISK_FULL, count(options, Fault.DISK_FULL, kills / 100));
    counts.put(Fault.CLOCK_LEAP, count(options, Fault.CLOCK_LEAP, kills / 100));
    counts.put(Fault.DAMAGE, count(options, Fault.DAMAGE, kills / 200));
    return counts;
  }

  private static int count(Options options, Fault fault, int usual) throws UsageException {
    long count = options.wholeNumber(fault.option(), Math.max(1, usual));
    if (count < 0) {
      throw new UsageException("--" + fault.option() + " cannot happen less than 0 times");
    }
    return Math.toIntExact(count);
  }

  private static int powerCuts(Options options)
      throws UsageException, IOException, InterruptedException {
    int cuts = Math.toIntExact(options.wholeNumber("power-cuts", 0));
    if (cuts < 1) {
      throw new UsageException("--power-cuts needs at least 1");
    }
    Path folder = folder(options);
    PowerCuts guest = new PowerCuts(folder, options.wholeNumber("seed", 1));
    PowerCuts.Outcome synced = guest.run(cuts);
    PowerCuts.Outcome control = guest.control();
    boolean holds = synced.missing() == 0 && control.missing() > 0;
    JsonObject verdict =
        Json.createObjectBuilder()
            .add("powerCuts", synced.cuts())
            .add("acknowledged", synced.acknowledged())
            .add("missing", synced.missing())
            .add(
                "control",
                Json.createObjectBuilder()
                    .add("synchronous", "NORMAL")
                    .add("powerCuts", control.cuts())
                    .add("acknowledged", control.acknowledged())
                    .add("missing", control.missing())
                    .add("fails", control.missing() > 0))
            .add("holds", holds)
            .build();
    System.out.println(options.has("json") ? verdict : table(synced, control, holds));
    return finish(options, folder, holds);
  }

  private static String table(PowerCuts.Outcome synced, PowerCuts.Outcome control, boolean holds) {
    return String.format(
        """

        %-44s %10s %14s %10s
        %-44s %,10d %,14d %,10d
        %-44s %,10d %,14d %,10d
        %s
        """,
        "",
        "cuts",
        "acknowledged",
        "missing",
        "the journal (synchronous=FULL)",
        synced.cuts(),
        synced.acknowledged(),
        synced.missing(),
        "the control (synchronous=NORMAL) must lose",
        control.cuts(),
        control.acknowledged(),
        control.missing(),
        holds
            ? "It holds."
            : control.missing() == 0
                ? "NOTHING IS PROVED: the control lost nothing, so these cuts were none."
                : "IT DOES NOT HOLD.");
  }

  private static java.util.function.Consumer<String> said(Options options) {
    return options.has("json") ? text -> {} : System.out::println;
  }

  private static Path folder(Options options) throws IOException {
    String keep = options.find("keep");
    return keep == null
        ? Files.createTempDirectory("mycelium-chaos")
        : Files.createDirectories(Path.of(keep).toAbsolutePath());
  }

  private static int finish(Options options, Path folder, boolean holds) throws IOException {
    if (!holds) {
      System.err.println("Data and logs are kept in " + folder);
      return DOES_NOT_HOLD;
    }
    if (options.find("keep") == null) {
      delete(folder);
    }
    return 0;
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
