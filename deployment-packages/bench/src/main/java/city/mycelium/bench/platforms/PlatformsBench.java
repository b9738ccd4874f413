package city.mycelium.bench.platforms;

import city.mycelium.bench.Report;
import city.mycelium.bench.dialects.EncodingBench;
import city.mycelium.bench.dialects.HangingBench;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code bench platforms}: the matrix of connectors, dialects and faults; then, unless only some
 * cells are asked for, how fast dialects write and what one platform that hangs costs the others.
 */
public final class PlatformsBench {

  private static final int OBSERVATIONS = 240;

  private final Path workspace;
  private final String only;
  private final int runs;

  /**
   * Not begun.
   *
   * @param runs of what is timed
   * @param only which cells, such as {@code dialect=json,fault=drop}; empty for everything
   */
  public PlatformsBench(Path workspace, int runs, String only) {
    this.workspace = workspace;
    this.runs = runs;
    this.only = only;
  }

  /** What was found, for people and for programs. */
  public record Found(String text, JsonObject json, boolean isGood) {}

  /**
   * Runs it.
   *
   * @throws IllegalArgumentException if the choice of cells makes no sense; says why
   */
  public Found run() throws Exception {
    List<Cell> cells = Choice.of(only).cells();
    // Hundreds of connections are lost on purpose, each of which is worth a line in a log.
    System.setProperty("tinylog.level", "off");
    Matrix matrix =
        Matrix.run(cells, Files.createDirectories(workspace.resolve("matrix")), OBSERVATIONS);
    Map<String, Report> others = only.isBlank() ? others() : Map.of();
    StringBuilder text = new StringBuilder("bench platforms on " + Report.machine() + "\n");
    text.append(matrix.text());
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("benchmark", "platforms")
            .add("machine", Report.machine())
            .add("matrix", matrix.json());
    others.forEach(
        (name, report) -> {
          text.append('\n').append(report.text());
          json.add(name, report.json());
        });
    return new Found(text.toString(), json.build(), matrix.isGood());
  }

  /** By the names that they have in the report. */
  private Map<String, Report> others() throws IOException, InterruptedException {
    Map<String, Report> others = new LinkedHashMap<>();
    EncodingBench encoding = new EncodingBench(runs);
    others.put("encoding", new Report("platforms, encoding", encoding.run(), encoding.notes()));
    HangingBench hanging =
        new HangingBench(Files.createDirectories(workspace.resolve("hanging")), runs);
    others.put("destinations", new Report("platforms, ten", hanging.run(), hanging.notes()));
    return others;
  }
}
