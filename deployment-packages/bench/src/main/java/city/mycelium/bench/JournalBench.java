package city.mycelium.bench;

import city.mycelium.api.journal.Advance;
import city.mycelium.api.journal.Durability;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.Tally;
import city.mycelium.api.journal.TallySheet;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.Observation;
import city.mycelium.journal.internal.JournalOptions;
import city.mycelium.journal.internal.SqliteJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * {@code bench journal}: batches appended one after another, each synced before the next begins;
 * then the same over an Observation's whole life: appended, read, acknowledged in a step of its
 * own, and removed. Rate is by the wall; bytes are what the process caused to be written from
 * opening to closing, by the kernel's own count.
 */
final class JournalBench {

  private static final long WARM_UP_SEED = 1;
  private static final String CONSUMER = "destination/bench";

  /** What a steady gateway says: 20 streams at 1 Hz, a commit every 5 s (the default interval). */
  private static final int STEADY_PER_SECOND = 20;

  private static final int STEADY_BATCH = 100;
  private static final double SECONDS_PER_YEAR = 365.25 * 86_400;
  private static final double CARD_BYTES = 32e9;
  private static final int CARD_CYCLES = 3_000;
  private static final int[] CARD_WRITE_AMPLIFICATIONS = {1, 10, 100};

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

  /**
   * One batch size and what it is to reach.
   *
   * @param perSecond synced ingest, observations a second, at least
   * @param appendBytes written per observation by appending alone, at most; 0 for no goal
   * @param lifeBytes written per observation over its whole life, at most
   */
  private record Size(
      int batch, int count, double perSecond, double appendBytes, double lifeBytes) {}

  private static final List<Size> SIZES =
      List.of(
          new Size(100, 200_000, 80_000, 220, 120),
          new Size(512, 1_024_000, 300_000, 90, 32),
          new Size(4_096, 2_048_000, 400_000, 0, 10));

  private record Run(double perSecond, double bytesEach) {}

  Report run() throws IOException, JournalException, InterruptedException, ExecutionException {
    once(100, 50_000, new Dataset(WARM_UP_SEED), true); // the JIT compiles in its own time
    List<Figure> figures = new ArrayList<>();
    for (Size size : SIZES) {
      figures.addAll(figures(size));
    }
    String demo =
        "the demo's own data: not measured, for there was no demo yet: run ./mycelium demo first";
    if (demoData.isPresent()) {
      Replay replay = Replay.of(demoData.get());
      Run append = once(100, 100_000, replay, false);
      Run life = once(100, 100_000, replay, true);
      figures.add(
          Figure.reported("synced ingest, batch 100, demo's data", "obs/s", append.perSecond()));
      figures.add(Figure.reported("appended, batch 100, demo's data", "B/obs", append.bytesEach()));
      figures.add(Figure.reported("whole life, batch 100, demo's data", "B/obs", life.bytesEach()));
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
            "whole life: appended, read, acknowledged with a tally per Datastream in a step of its"
                + " own, removed by retention",
            "written bytes: /proc/self/io write_bytes from open to close, checkpoint included",
            "years are CALCULATED: a card of 32 GB and 3,000 cycles, worn evenly, by the bytes of a"
                + " whole life at batch 100 ("
                + STEADY_PER_SECOND
                + " observations/s, a commit every 5 s)"));
  }

  private List<Figure> figures(Size size)
      throws IOException, JournalException, InterruptedException, ExecutionException {
    double[] rates = new double[runs];
    double[] appended = new double[runs];
    double[] lived = new double[runs];
    for (int i = 0; i < runs; i++) {
      Run append = once(size.batch(), size.count(), new Dataset(WARM_UP_SEED + 1 + i), false);
      Run life = once(size.batch(), size.count(), new Dataset(WARM_UP_SEED + 1 + i), true);
      rates[i] = append.perSecond();
      appended[i] = append.bytesEach();
      lived[i] = life.bytesEach();
    }
    String name = String.format(Locale.ROOT, "batch %d", size.batch());
    List<Figure> figures = new ArrayList<>();
    figures.add(Figure.atLeast("synced ingest, " + name, size.perSecond(), "obs/s", rates));
    figures.add(
        size.appendBytes() > 0
            ? Figure.atMost("appended, " + name, size.appendBytes(), "B/obs", appended)
            : Figure.reported("appended, " + name, "B/obs", appended));
    figures.add(Figure.atMost("whole life, " + name, size.lifeBytes(), "B/obs", lived));
    if (size.batch() == STEADY_BATCH) {
      figures.addAll(years(lived));
    }
    return figures;
  }

  private static List<Figure> years(double[] bytesEach) {
    List<Figure> figures = new ArrayList<>();
    for (int amplification : CARD_WRITE_AMPLIFICATIONS) {
      double[] years = new double[bytesEach.length];
      for (int i = 0; i < years.length; i++) {
        double bytesPerYear = bytesEach[i] * STEADY_PER_SECOND * SECONDS_PER_YEAR * amplification;
        years[i] = CARD_BYTES * CARD_CYCLES / bytesPerYear;
      }
      figures.add(
          Figure.reported(
              "calculated life of a card, amplification " + amplification, "years", years));
    }
    return figures;
  }

  private Run once(int batch, int count, Source source, boolean wholeLife)
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
        if (wholeLife) {
          acknowledge(journal, batch);
        }
      }
      if (wholeLife) {
        journal.retain(Long.MAX_VALUE).get();
      }
    }
    long written = ProcessIo.writtenBytes() - writtenBefore;
    Workspace.delete(folder);
    return new Run(count * 1e9 / nanos, (double) written / count);
  }

  private static void acknowledge(SqliteJournal journal, int batch)
      throws JournalException, InterruptedException, ExecutionException {
    long to = journal.lastOffset();
    Map<DatastreamId, Tally> rows = new HashMap<>();
    for (Observation observation : journal.read(to - batch, batch)) {
      rows.merge(observation.datastream(), Tally.delivered(1), Tally::plus);
    }
    journal
        .advance(
            new Advance(
                CONSUMER,
                to - batch,
                to,
                new TallySheet(rows),
                List.of(),
                Map.of(),
                List.of(),
                List.of()))
        .get();
  }
}
