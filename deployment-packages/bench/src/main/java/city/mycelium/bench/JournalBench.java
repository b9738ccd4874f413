package city.mycelium.bench;

import city.mycelium.api.journal.Durability;
import city.mycelium.api.journal.JournalException;
import city.mycelium.journal.internal.JournalOptions;
import city.mycelium.journal.internal.SqliteJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * {@code bench journal}: batches appended one after another, each synced before the next begins.
 * Rate is by the wall; bytes are what the process caused to be written from opening to closing, by
 * the kernel's own count.
 */
final class JournalBench {

  private static final long WARM_UP_SEED = 1;

  private final Path workspace;
  private final int runs;
  private final Optional<Path> demoData;

  /**
   * A benchmark.
   *
   * @param workspace an empty folder on the medium that is to be measured
   * @param demoData data directory of a demo that was kept, to be measured as well
   */
  JournalBench(Path workspace, int runs, Optional<Path> demoData) {
    this.workspace = workspace;
    this.runs = runs;
    this.demoData = demoData;
  }

  private record Run(double perSecond, double bytesEach) {}

  Report run() throws IOException, JournalException, InterruptedException, ExecutionException {
    once(100, 50_000, new Dataset(WARM_UP_SEED)); // the JIT compiles in its own time
    List<Figure> figures = new ArrayList<>();
    figures.addAll(figures(100, 200_000, 80_000, 220));
    figures.addAll(figures(512, 1_024_000, 0, 90));
    figures.addAll(figures(4_096, 2_048_000, 0, 0));
    String demo =
        "the demo's own data: not measured; give --replay with the data of a demo kept by --keep";
    if (demoData.isPresent()) {
      Replay replay = Replay.of(demoData.get());
      Run run = once(100, 100_000, replay);
      figures.add(
          Figure.reported("synced ingest, batch 100, demo's data", "obs/s", run.perSecond()));
      figures.add(
          Figure.reported("physically written, batch 100, demo's data", "B/obs", run.bytesEach()));
      demo =
          "the demo's own data: "
              + replay.size()
              + " observations, aggregates among them, repeated";
    }
    return new Report(
        "journal",
        figures,
        List.of(
            demo,
            "dataset: "
                + Dataset.STREAMS
                + " streams, 1 Hz, resolution 0.01, seeded random walk; each batch synced before the"
                + " next",
            "written bytes: /proc/self/io write_bytes from open to close, checkpoint included"));
  }

  private List<Figure> figures(int batch, int count, double rateGoal, double bytesGoal)
      throws IOException, JournalException, InterruptedException, ExecutionException {
    double[] rates = new double[runs];
    double[] bytes = new double[runs];
    for (int i = 0; i < runs; i++) {
      Run run = once(batch, count, new Dataset(WARM_UP_SEED + 1 + i));
      rates[i] = run.perSecond();
      bytes[i] = run.bytesEach();
    }
    String name = String.format(Locale.ROOT, "batch %d", batch);
    return List.of(
        rateGoal > 0
            ? Figure.atLeast("synced ingest, " + name, rateGoal, "obs/s", rates)
            : Figure.reported("synced ingest, " + name, "obs/s", rates),
        bytesGoal > 0
            ? Figure.atMost("physically written, " + name, bytesGoal, "B/obs", bytes)
            : Figure.reported("physically written, " + name, "B/obs", bytes));
  }

  private Run once(int batch, int count, Source source)
      throws IOException, JournalException, InterruptedException, ExecutionException {
    Path folder = Files.createTempDirectory(workspace, "journal");
    long writtenBefore = ProcessIo.writtenBytes();
    long nanos = 0;
    try (SqliteJournal journal = SqliteJournal.open(folder, JournalOptions.DEFAULT)) {
      for (int done = 0; done < count; done += batch) {
        var drafts = source.next(batch);
        long start = System.nanoTime();
        journal.append(drafts, List.of(), Durability.SYNCED).get();
        nanos += System.nanoTime() - start;
      }
    }
    long written = ProcessIo.writtenBytes() - writtenBefore;
    Workspace.delete(folder);
    return new Run(count * 1e9 / nanos, (double) written / count);
  }
}
