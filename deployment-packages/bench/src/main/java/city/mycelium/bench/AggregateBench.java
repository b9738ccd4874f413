package city.mycelium.bench;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code bench aggregate}: windows of 1, 10 and 60 minutes over a thousand Datastreams. */
final class AggregateBench {

  private static final double MB = 1_000_000;

  private final Path workspace;
  private final int runs;

  AggregateBench(Path workspace, int runs) {
    this.workspace = workspace;
    this.runs = runs;
  }

  Report run() throws IOException, InterruptedException {
    double[] rates = new double[runs];
    double[] summaries = new double[runs];
    double[] resident = new double[runs];
    for (int i = 0; i < runs; i++) {
      Path folder = Files.createTempDirectory(workspace, "aggregate");
      JsonObject answer = Probe.ask(AggregateProbe.class, folder.toString());
      rates[i] = Probe.number(answer, "perSecond");
      summaries[i] = Probe.number(answer, "summaries");
      resident[i] = Probe.number(answer, "residentBytes") / MB;
      Workspace.delete(folder);
    }
    return new Report(
        "aggregate",
        List.of(
            Figure.atLeast("aggregated", 300_000, "obs/s", rates),
            Figure.reported("summaries", "each", summaries),
            Figure.reported("resident memory at the end, heap at most 64 MB", "MB", resident)),
        List.of(
            "1,000 datastreams at 1 Hz for an hour, a minute at a time, from and to a journal of"
                + " SQLite; windows of 1, 10 and 60 minutes with mean, min, max, sum and sd",
            "timed: reading, folding, checkpoints with their commits, and issuing; not appending"));
  }
}
