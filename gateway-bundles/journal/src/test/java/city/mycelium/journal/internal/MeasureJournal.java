package city.mycelium.journal.internal;

import city.mycelium.api.journal.Advance;
import city.mycelium.api.journal.Draft;
import city.mycelium.api.journal.Durability;
import city.mycelium.api.journal.Tally;
import city.mycelium.api.journal.TallySheet;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.Observation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Prints what the journal costs, by page size and batch: observations per second, and bytes that
 * this process caused to be written to the medium. Each batch is synced before the next begins.
 * <em>append</em> only appends; <em>life</em> also has one consumer that reads and acknowledges
 * every batch in a commit of its own, and retention that removes it all. Not a test: figures depend
 * on the machine. Arguments: a directory on a real disk, and how often to repeat.
 */
final class MeasureJournal {

  private static final int[] PAGES = {1_024, 4_096};
  private static final int[] BATCHES = {100, 512, 4_096};

  private MeasureJournal() {}

  private record Figures(double perSecond, double bytesWritten, double bytesKept) {

    @Override
    public String toString() {
      return String.format("%9.0f %12.1f %10.2f", perSecond, bytesWritten, bytesKept);
    }
  }

  public static void main(String[] args) throws Exception {
    Path root = Path.of(args[0]);
    int repeats = Integer.parseInt(args[1]);
    run(root, 1_024, 100, 200_000, true); // the compiler warms up; not printed
    System.out.println("page batch what      obs/s  written/obs   kept/obs   (median by obs/s)");
    for (int page : PAGES) {
      for (int batch : BATCHES) {
        for (boolean life : new boolean[] {false, true}) {
          List<Figures> figures = new ArrayList<>();
          for (int i = 0; i < repeats; i++) {
            figures.add(run(root, page, batch, batch < 512 ? 300_000 : 1_500_000, life));
          }
          figures.sort(Comparator.comparingDouble(Figures::perSecond));
          System.out.printf(
              "%4d %5d %-6s %s   from %.0f to %.0f%n",
              page,
              batch,
              life ? "life" : "append",
              figures.get(repeats / 2),
              figures.get(0).perSecond(),
              figures.get(repeats - 1).perSecond());
        }
      }
    }
  }

  private static Figures run(Path root, int page, int batch, int total, boolean life)
      throws Exception {
    Path directory = Files.createTempDirectory(root, "measure");
    try {
      RandomWalk walk = new RandomWalk(42);
      List<List<Draft>> batches =
          Stream.generate(() -> walk.next(batch)).limit(total / batch).toList();
      try (SqliteJournal journal =
          SqliteJournal.open(directory, JournalOptions.DEFAULT.withPageBytes(page))) {
        long before = writtenBytes();
        long start = System.nanoTime();
        for (List<Draft> drafts : batches) {
          journal.append(drafts, List.of(), Durability.SYNCED).get();
          if (life) {
            acknowledge(journal, batch);
          }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        long kept = Files.size(directory.resolve("journal.db"));
        if (life) {
          journal.retain(Long.MAX_VALUE).get();
        }
        double observations = (double) batches.size() * batch;
        return new Figures(
            observations / seconds, (writtenBytes() - before) / observations, kept / observations);
      }
    } finally {
      delete(directory);
    }
  }

  private static void acknowledge(SqliteJournal journal, int batch) throws Exception {
    long to = journal.lastOffset();
    long from = to - batch;
    List<Observation> read = journal.read(from, batch);
    if (read.size() != batch) {
      throw new AssertionError("offsets " + from + " to " + to + " are not there");
    }
    Map<DatastreamId, Tally> rows = new HashMap<>();
    read.forEach(o -> rows.merge(o.datastream(), Tally.delivered(1), Tally::plus));
    TallySheet sheet = new TallySheet(rows);
    journal
        .advance(
            new Advance(
                "destination/a", from, to, sheet, List.of(), Map.of(), List.of(), List.of()))
        .get();
  }

  /** {@code write_bytes} of proc(5), /proc/pid/io. */
  private static long writtenBytes() throws IOException {
    String label = "write_bytes: ";
    return Files.readAllLines(Path.of("/proc/self/io")).stream()
        .filter(line -> line.startsWith(label))
        .mapToLong(line -> Long.parseLong(line.substring(label.length())))
        .findFirst()
        .orElseThrow();
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
