package city.mycelium.emulated.hardware.guest;

import city.mycelium.emulated.hardware.cell.Cell;
import city.mycelium.emulated.hardware.cell.Evidence;
import city.mycelium.emulated.hardware.cell.Expectation;
import city.mycelium.emulated.hardware.cell.Outcome;
import city.mycelium.simulator.town.Children;
import city.mycelium.simulator.town.GatewayControl;
import city.mycelium.simulator.town.Patience;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A packaged gateway on trial: it is started as on a site, by its own script, and watched from
 * outside through its log and its control socket until it has shown what the cells expect. For one
 * thread.
 */
public final class Trial {

  private final Witness witness;
  private final List<Progress> cells;
  private final Evidence evidence = new Evidence();

  private String after = "0";
  private int logRead;

  /**
   * Where the gateway is.
   *
   * @param home of the distribution
   * @param configuration folder with its configuration
   * @param data folder that it may fill, empty; the log lies beside it
   * @param environment {@code JAVA_HOME} and what else it needs
   */
  public record Gateway(Path home, Path configuration, Path data, Map<String, String> environment) {

    public Gateway {
      environment = Map.copyOf(environment);
    }
  }

  /** Who is told while it goes on. */
  public interface Witness {

    /** The gateway's log has a line more. */
    void logged(String line);

    /**
     * Everything of a phase was seen.
     *
     * @param phase from 0
     */
    void phaseDone(Cell cell, int phase);
  }

  /** How far a cell has come. */
  private static final class Progress {

    private final Cell cell;
    private int phase;
    private Evidence.Mark since = Evidence.Mark.START;
    private long seconds;

    Progress(Cell cell) {
      this.cell = cell;
    }

    boolean isDone() {
      return phase == cell.phases().size();
    }
  }

  public Trial(List<Cell> cells, Witness witness) {
    this.cells = cells.stream().map(Progress::new).toList();
    this.witness = witness;
  }

  /**
   * Holds it.
   *
   * @param patience how long the gateway has, its start included
   * @return one outcome per cell, in their order
   */
  public List<Outcome> run(Gateway gateway, Duration patience)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    Path log = gateway.data().resolveSibling("gateway.log");
    GatewayControl control = new GatewayControl(gateway.data());
    try (Children children = new Children()) {
      Process process =
          children.start(
              List.of(
                  gateway.home().resolve("bin/mycelium-gateway").toString(),
                  "--config",
                  gateway.configuration().toString(),
                  "--data",
                  gateway.data().toString()),
              log,
              gateway.environment());
      try {
        Patience.until("the gateway shows it", patience, () -> look(process, log, control, start));
      } catch (IOException e) {
        // What is missing stands in the outcomes, each with what was seen instead.
        evidence.logged("Trial: " + e.getMessage());
      }
    }
    readLog(log);
    return cells.stream().map(progress -> outcome(progress, start)).toList();
  }

  /** Looks once; whether there is nothing more to wait for. */
  private boolean look(Process process, Path log, GatewayControl control, long start)
      throws IOException {
    boolean alive = process.isAlive();
    readLog(log);
    if (alive && Files.exists(log)) {
      try {
        readJournal(control);
      } catch (IOException e) {
        advance(start); // its control socket is not there yet; its log may say why
        throw e;
      }
    }
    return advance(start) || !alive;
  }

  private boolean advance(long start) {
    for (Progress progress : cells) {
      while (!progress.isDone() && isMet(progress)) {
        witness.phaseDone(progress.cell, progress.phase);
        progress.phase++;
        progress.since = evidence.mark();
        progress.seconds = secondsSince(start);
      }
    }
    return cells.stream().allMatch(Progress::isDone);
  }

  private boolean isMet(Progress progress) {
    Evidence seen = evidence.after(progress.since);
    return progress.cell.phases().get(progress.phase).stream().allMatch(each -> each.isMet(seen));
  }

  private Outcome outcome(Progress progress, long start) {
    if (progress.isDone()) {
      return Outcome.ok(progress.cell, progress.seconds);
    }
    Evidence seen = evidence.after(progress.since);
    List<String> missing = new ArrayList<>();
    for (Expectation expected : progress.cell.phases().get(progress.phase)) {
      if (!expected.isMet(seen)) {
        missing.add(expected.missing(seen));
      }
    }
    return Outcome.failed(progress.cell, String.join("; ", missing), secondsSince(start));
  }

  private void readLog(Path log) throws IOException {
    if (!Files.exists(log)) {
      return;
    }
    byte[] all = Files.readAllBytes(log);
    int end = all.length;
    while (end > logRead && all[end - 1] != '\n') {
      end--; // a line that is still being written is read the next time
    }
    String fresh = new String(Arrays.copyOfRange(all, logRead, end), StandardCharsets.UTF_8);
    logRead = end;
    fresh
        .lines()
        .forEach(
            line -> {
              evidence.logged(line);
              witness.logged(line);
            });
  }

  private void readJournal(GatewayControl control) throws IOException {
    boolean end = false;
    while (!end) {
      JsonObject page = control.ask("journal export", Map.of("after", after));
      for (JsonObject row : page.getJsonArray("observations").getValuesAs(JsonObject.class)) {
        JsonValue result = row.get("result");
        String datastream = row.getString("datastream");
        if (result instanceof JsonNumber number) {
          evidence.observed(datastream, number.doubleValue());
        } else if (JsonValue.TRUE.equals(result) || JsonValue.FALSE.equals(result)) {
          evidence.observed(datastream, JsonValue.TRUE.equals(result) ? 1 : 0);
        }
      }
      after = page.getJsonNumber("after").toString();
      end = page.getBoolean("end");
    }
  }

  private static long secondsSince(long start) {
    return Duration.ofNanos(System.nanoTime() - start).toSeconds();
  }
}
