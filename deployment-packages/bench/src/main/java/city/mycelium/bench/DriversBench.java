package city.mycelium.bench;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code bench drivers}: what hosting two hundred sensors takes, alone and beside one that hangs
 * for ever and one that throws each time; and how short drivers are, counted in the sources.
 */
final class DriversBench {

  private static final int SENSORS = 200;
  private static final int SECONDS = 30;
  private static final double MB = 1_000_000;
  private static final double CPU_GOAL_PERCENT = 5;
  private static final double RESIDENT_GOAL_MB = 15;
  private static final double JITTER_GOAL_MILLIS = 20;
  private static final double MEDIAN_GOAL_LINES = 60;
  private static final double MOST_GOAL_LINES = 100;

  private final int runs;
  private final Optional<Path> sources;

  /**
   * Measures nothing yet.
   *
   * @param sources the source tree, if this runs in one
   */
  DriversBench(int runs, Optional<Path> sources) {
    this.runs = runs;
    this.sources = sources;
  }

  Report run() throws IOException, InterruptedException {
    List<Figure> figures = new ArrayList<>();
    figures.addAll(hosted("", List.of(Integer.toString(SENSORS), Integer.toString(SECONDS))));
    figures.addAll(
        hosted(
            ", one hangs and one throws",
            List.of(Integer.toString(SENSORS), Integer.toString(SECONDS), "trouble")));
    List<String> notes = new ArrayList<>();
    notes.add(
        SENSORS
            + " emulated SHT4x at 1 Hz, each on a bus of its own, in a process with a gateway's"
            + " options for "
            + SECONDS
            + " s; what they give is taken and counted, not written");
    if (sources.isPresent()) {
      DriverTable table = DriverTable.of(sources.get());
      double[] chips = table.linesOf("i2c");
      figures.add(
          Figure.atMost("lines of a polled chip, median", MEDIAN_GOAL_LINES, "", median(chips)));
      figures.add(Figure.atMost("lines of a polled chip, most", MOST_GOAL_LINES, "", most(chips)));
      figures.add(
          Figure.atMost("metadata files of a polled chip, most", 0, "", table.mostMetadata("i2c")));
      figures.add(
          Figure.atMost(
              "files elsewhere that name a polled chip, most", 0, "", table.mostElsewhere("i2c")));
      notes.add("lines without blank ones and comments; every driver: docs/drivers.md");
    } else {
      notes.add("lines of drivers: not measured; this is no source tree");
    }
    return new Report("drivers", figures, notes);
  }

  private List<Figure> hosted(String how, List<String> arguments)
      throws IOException, InterruptedException {
    double[] cpu = new double[runs];
    double[] resident = new double[runs];
    double[] jitter = new double[runs];
    double[] readings = new double[runs];
    for (int run = 0; run < runs; run++) {
      JsonObject answer = Probe.ask(DriversProbe.class, arguments.toArray(String[]::new));
      cpu[run] = Probe.number(answer, "cpuPercent");
      resident[run] = Probe.number(answer, "residentGrowthBytes") / MB;
      jitter[run] = Probe.number(answer, "jitterP99Millis");
      readings[run] = Probe.number(answer, "readingsPerSecond");
    }
    return List.of(
        Figure.atMost("processor" + how, CPU_GOAL_PERCENT, "% of a core", cpu),
        Figure.atMost("more resident memory" + how, RESIDENT_GOAL_MB, "MB", resident),
        Figure.atMost("start-time jitter, p99" + how, JITTER_GOAL_MILLIS, "ms", jitter),
        Figure.atLeast("results" + how, 2.0 * SENSORS * 0.99, "/s", readings));
  }

  private static double median(double[] values) {
    return Figure.reported("", "", values).median();
  }

  private static double most(double[] values) {
    return Figure.reported("", "", values).highest();
  }
}
