package city.mycelium.bench;

import city.mycelium.api.journal.Durability;
import city.mycelium.journal.internal.JournalOptions;
import city.mycelium.journal.internal.SqliteJournal;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code bench backlog}: what a long backlog costs: opening it, memory, and reading at its end
 * compared with its beginning. Each is asked of a process of its own, with a gateway's options.
 */
final class BacklogBench {

  private static final int BACKLOG = 20_000_000;
  private static final int BATCH = 4_096;
  private static final int STRETCH = 500_000;
  private static final double MB = 1_000_000;

  private final Path workspace;
  private final int runs;

  BacklogBench(Path workspace, int runs) {
    this.workspace = workspace;
    this.runs = runs;
  }

  Report run() throws Exception {
    Path empty = Files.createDirectories(workspace.resolve("empty"));
    Path full = Files.createDirectories(workspace.resolve("full"));
    SqliteJournal.open(empty, JournalOptions.DEFAULT).close();
    fill(full);
    double[] opened = new double[runs];
    double[] grown = new double[runs];
    double[] apart = new double[runs];
    List<Double> atStart = new ArrayList<>();
    List<Double> atEnd = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      JsonObject without = probe(empty, 0);
      JsonObject with = probe(full, 0);
      JsonObject reading = probe(full, STRETCH);
      opened[i] = Probe.number(with, "openedMillis") / 1_000;
      grown[i] =
          (Probe.number(with, "residentBytes") - Probe.number(without, "residentBytes")) / MB;
      double start = median(reading, "atStart");
      double end = median(reading, "atEnd");
      atStart.add(start);
      atEnd.add(end);
      apart[i] = 100 * Math.abs(start - end) / Math.max(start, end);
    }
    return new Report(
        "backlog",
        List.of(
            Figure.atMost("opening", 1, "s", opened),
            Figure.atMost("resident memory, more than with an empty journal", 10, "MB", grown),
            Figure.atMost("reading at the end, apart from the start", 20, "%", apart),
            Figure.reported("reading at the start", "obs/s", array(atStart)),
            Figure.reported("reading at the end", "obs/s", array(atEnd))),
        List.of(
            "backlog: " + BACKLOG + " observations of the dataset, " + BATCH + " a batch",
            "each in a process of its own at -Xmx64m; reading: "
                + STRETCH
                + " at a time, in turns"));
  }

  private static void fill(Path folder) throws Exception {
    Dataset dataset = new Dataset(1);
    try (SqliteJournal journal = SqliteJournal.open(folder, JournalOptions.DEFAULT)) {
      for (int done = 0; done < BACKLOG; done += BATCH) {
        journal
            .append(dataset.next(Math.min(BATCH, BACKLOG - done)), List.of(), Durability.SYNCED)
            .get();
      }
    }
  }

  private static JsonObject probe(Path folder, int stretch)
      throws IOException, InterruptedException {
    return Probe.ask(BacklogProbe.class, folder.toString(), Integer.toString(stretch));
  }

  private static double median(JsonObject object, String name) {
    return Figure.reported(
            name,
            "obs/s",
            object.getJsonArray(name).getValuesAs(JsonNumber.class).stream()
                .mapToDouble(JsonNumber::doubleValue)
                .toArray())
        .median();
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
