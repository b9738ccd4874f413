package city.mycelium.bench;

import city.mycelium.testkit.Await;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code bench footprint}: the demo, watched from outside by what the kernel says of its gateway.
 * The receiver is asked, never the gateway, so that watching costs it nothing.
 */
final class FootprintBench {

  private static final String DEMO = "city.mycelium.simulator.demo.DemoMain";
  private static final String GATEWAY = "city.mycelium.launcher.Launcher";
  private static final String RECEIVER = "city.mycelium.receiver.Main";
  private static final Pattern HTTP_PORT = Pattern.compile("--http-port (\\d+)");
  private static final Pattern HAS_STORED = Pattern.compile("\"stored\"\\s*:\\s*[1-9]");
  private static final Duration TO_START = Duration.ofMinutes(2);
  private static final double GOAL_RSS_MB = 110;
  private static final double GOAL_CPU_SECONDS = 3;
  private static final double MB = 1_000_000;

  /** proc(5): clock ticks per second are 100 on every Linux that Java runs on (USER_HZ). */
  private static final double TICKS_PER_SECOND = 100;

  private final Path home;
  private final Path workspace;
  private final Duration duration;
  private final HttpClient http = HttpClient.newHttpClient();

  FootprintBench(Path home, Path workspace, Duration duration) {
    this.home = home;
    this.workspace = workspace;
    this.duration = duration;
  }

  Report run() throws IOException, InterruptedException {
    Process demo =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dmycelium.home=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                DEMO,
                "--home",
                home.toString(),
                "--duration",
                duration.toSeconds() + "s",
                "--json")
            .redirectErrorStream(true)
            .redirectOutput(new File(workspace.toFile(), "demo.log"))
            .start();
    try {
      long gateway = descendant(demo, GATEWAY).pid();
      double firstDelivery = untilFirstDelivery(demo, gateway);
      List<Double> resident = watch(gateway);
      demo.waitFor(TO_START.toSeconds() * 2, TimeUnit.SECONDS);
      return report(firstDelivery, resident, demo);
    } finally {
      demo.descendants().forEach(ProcessHandle::destroy);
      demo.destroy();
    }
  }

  private double untilFirstDelivery(Process demo, long gateway) {
    String commandLine = commandLine(descendant(demo, RECEIVER));
    Matcher port = HTTP_PORT.matcher(commandLine);
    if (!port.find()) {
      throw new IllegalStateException("the receiver does not say its port: " + commandLine);
    }
    HttpRequest question =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.group(1) + "/v1/gateways"))
            .build();
    Await.await(
        "the first observation is delivered",
        () ->
            HAS_STORED
                .matcher(http.send(question, HttpResponse.BodyHandlers.ofString()).body())
                .find(),
        TO_START);
    try {
      return cpuSeconds(gateway);
    } catch (IOException e) {
      throw new IllegalStateException("the gateway is gone", e);
    }
  }

  /** Resident memory in MB, a value a second, until the time is over or the gateway is gone. */
  private List<Double> watch(long gateway) throws IOException, InterruptedException {
    List<Double> resident = new ArrayList<>();
    long end = System.nanoTime() + duration.minus(Duration.ofSeconds(10)).toNanos();
    while (System.nanoTime() < end && Files.exists(Path.of("/proc", Long.toString(gateway)))) {
      resident.add(ProcessIo.residentBytes(gateway) / MB);
      TimeUnit.SECONDS.sleep(1);
    }
    return resident;
  }

  private Report report(double firstDelivery, List<Double> resident, Process demo) {
    double last = resident.get(resident.size() - 1);
    double most = resident.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    return new Report(
        "footprint",
        List.of(
            Figure.atMost("resident memory at the end", GOAL_RSS_MB, "MB", last),
            Figure.reported("resident memory, highest", "MB", most),
            Figure.atMost(
                "processor time, start to first delivery", GOAL_CPU_SECONDS, "s", firstDelivery)),
        List.of(
            "the gateway of the demo at -Xmx64m, watched for " + resident.size() + " s",
            demo.isAlive() || demo.exitValue() != 0
                ? "the demo itself did NOT end well: look into its log"
                : "the demo's ledger balanced"));
  }

  private static ProcessHandle descendant(Process demo, String main) {
    Await.await(main + " has started", () -> find(demo, main).isPresent(), TO_START);
    return find(demo, main).orElseThrow();
  }

  private static Optional<ProcessHandle> find(Process demo, String main) {
    return demo.descendants().filter(process -> commandLine(process).contains(main)).findFirst();
  }

  /** All of it, from the kernel: ProcessHandle gives up on what is longer than a page. */
  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
          .replace('\0', ' ');
    } catch (IOException e) { // it has ended: then it is not the one
      return "";
    }
  }

  /** User and system time of a process (proc(5), /proc/pid/stat, fields 14 and 15). */
  private static double cpuSeconds(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(afterName[11]) + Long.parseLong(afterName[12])) / TICKS_PER_SECOND;
  }
}
