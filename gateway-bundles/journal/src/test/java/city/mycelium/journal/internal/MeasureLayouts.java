package city.mycelium.journal.internal;

import city.mycelium.api.journal.Draft;
import city.mycelium.api.journal.Tally;
import city.mycelium.api.observation.GatewayId;
import city.mycelium.api.observation.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Prints what other layouts would cost, side by side in one run, each without anything around it:
 * one thread, one connection, each batch synced, read, and acknowledged with a sheet per datastream
 * in a commit of its own; at the end all is removed. Not a test: figures depend on the machine.
 * Arguments: a directory on a real disk, and how often to repeat. What the journal as a whole costs
 * is {@link MeasureJournal}'s.
 */
final class MeasureLayouts {

  private static final int[] BATCHES = {100, 512, 4_096};
  private static final GatewayId GATEWAY = new GatewayId("mycelium2measure2gateway2a");

  private MeasureLayouts() {}

  /** One way to keep Observations. */
  private interface Layout extends AutoCloseable {
    void append(long first, List<Draft> drafts) throws Exception;

    /** How many observations of each datastream follow an offset. */
    Map<Integer, Long> read(long after, int count) throws Exception;

    void acknowledge(long to, Sheet sheet) throws Exception;

    void removeAll(long last) throws Exception;

    @Override
    void close() throws SQLException;
  }

  private interface Opening {
    Layout open(Path directory) throws Exception;
  }

  private record Candidate(String name, Opening opening) {}

  private static final List<Candidate> CANDIDATES =
      List.of(
          new Candidate("block, WAL, pages of 1,024", d -> new Blocks(d, 1_024, "WAL")),
          new Candidate("block, WAL, pages of 4,096", d -> new Blocks(d, 4_096, "WAL")),
          new Candidate("block, rollback PERSIST, 1,024", d -> new Blocks(d, 1_024, "PERSIST")),
          new Candidate("block, rollback TRUNCATE, 1,024", d -> new Blocks(d, 1_024, "TRUNCATE")),
          new Candidate("row per observation, WAL, 1,024", d -> new Rows(d, false)),
          new Candidate("the same with an index", d -> new Rows(d, true)));

  public static void main(String[] args) throws Exception {
    Path root = Path.of(args[0]);
    int repeats = Integer.parseInt(args[1]);
    run(root, CANDIDATES.get(0), 100, 30_000); // the compiler warms up; not printed
    System.out.println("layout | batch | written/obs, life | obs/s, life: median (min to max)");
    for (int batch : BATCHES) {
      for (Candidate candidate : CANDIDATES) {
        List<double[]> runs = new ArrayList<>();
        for (int i = 0; i < repeats; i++) {
          runs.add(run(root, candidate, batch, batch < 512 ? 40_000 : 200_000));
        }
        runs.sort(Comparator.comparingDouble(r -> r[0]));
        System.out.printf(
            Locale.ROOT,
            "%-32s | %5d | %7.1f | %.0f (%.0f to %.0f)%n",
            candidate.name(),
            batch,
            runs.get(repeats / 2)[1],
            runs.get(repeats / 2)[0],
            runs.get(0)[0],
            runs.get(repeats - 1)[0]);
      }
    }
  }

  private static double[] run(Path root, Candidate candidate, int batch, int total)
      throws Exception {
    Path directory = Files.createTempDirectory(root, "layout");
    try {
      RandomWalk walk = new RandomWalk(42);
      long before = writtenBytes();
      long nanos;
      long last = 0;
      try (Layout layout = candidate.opening().open(directory)) {
        long start = System.nanoTime();
        while (last < total) {
          layout.append(last + 1, walk.next(batch));
          Map<Integer, Tally> rows = new HashMap<>();
          layout.read(last, batch).forEach((d, count) -> rows.put(d, Tally.delivered(count)));
          last += batch;
          layout.acknowledge(last, Sheet.of(rows));
        }
        nanos = System.nanoTime() - start;
        layout.removeAll(last);
      }
      return new double[] {last * 1e9 / nanos, (double) (writtenBytes() - before) / last};
    } finally {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
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

  /** The journal's own tables. */
  private static class Blocks implements Layout {

    final Connection connection;
    final WriteSide file;
    final Dictionary dictionary = new Dictionary();

    Blocks(Path directory, int page, String mode) throws SQLException {
      connection =
          Schema.openToWrite(
              directory.resolve("journal.db"), JournalOptions.DEFAULT.withPageBytes(page));
      Schema.run(connection, "PRAGMA journal_mode = " + mode);
      Schema.create(connection, new Origin(GATEWAY, 1, List.of()));
      file = new WriteSide(connection);
    }

    @Override
    public void append(long first, List<Draft> drafts) throws SQLException {
      file.begin();
      for (int from = 0; from < drafts.size(); from += BlockCodec.MAX_OBSERVATIONS) {
        int to = Math.min(drafts.size(), from + BlockCodec.MAX_OBSERVATIONS);
        List<Draft> block = drafts.subList(from, to);
        file.insert(
            new StoredBlock(
                first + from,
                first + to - 1,
                block.get(block.size() - 1).receivedAt(),
                BlockKind.RAW,
                BlockCodec.encode(block, dictionary::numberOf)));
      }
      file.commit();
      dictionary.keep();
    }

    @Override
    public Map<Integer, Long> read(long after, int count) throws Exception {
      Map<Integer, Long> counts = new HashMap<>();
      for (StoredBlock block : file.rawBetween(after, after + count, count)) {
        for (Draft draft : block.drafts(dictionary)) {
          counts.merge(dictionary.numberOf(draft.datastream()), 1L, Long::sum);
        }
      }
      return counts;
    }

    @Override
    public void acknowledge(long to, Sheet sheet) throws SQLException {
      file.begin();
      file.cursors().put(file.cursors().of("destination/a").moved(to, sheet));
      file.commit();
    }

    @Override
    public void removeAll(long last) throws SQLException {
      file.begin();
      new Removal(file).oldest(block -> true, Integer.MAX_VALUE, Loss.EXPIRED);
      file.commit();
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }

  /** What most would do first. */
  private static final class Rows extends Blocks {

    Rows(Path directory, boolean indexed) throws SQLException {
      super(directory, 1_024, "WAL");
      Schema.run(
          connection,
          "CREATE TABLE observation (number INTEGER PRIMARY KEY, datastream INTEGER,"
              + " phenomenon_from INTEGER, phenomenon_to INTEGER, result REAL, quality INTEGER,"
              + " received_at INTEGER)");
      if (indexed) {
        Schema.run(connection, "CREATE INDEX by_time ON observation (datastream, phenomenon_from)");
      }
    }

    @Override
    public void append(long first, List<Draft> drafts) throws SQLException {
      file.begin();
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO observation VALUES (?, ?, ?, ?, ?, ?, ?)")) {
        for (int i = 0; i < drafts.size(); i++) {
          Draft draft = drafts.get(i);
          insert.setLong(1, first + i);
          insert.setInt(2, dictionary.numberOf(draft.datastream()));
          insert.setLong(3, draft.phenomenonTime().from());
          insert.setLong(4, draft.phenomenonTime().to());
          insert.setDouble(5, ((Result.Measurement) draft.result()).value());
          insert.setInt(6, draft.quality().ordinal());
          insert.setLong(7, draft.receivedAt());
          insert.executeUpdate();
        }
      }
      file.commit();
      dictionary.keep();
    }

    @Override
    public Map<Integer, Long> read(long after, int count) throws SQLException {
      Map<Integer, Long> counts = new HashMap<>();
      try (PreparedStatement select =
          connection.prepareStatement("SELECT * FROM observation WHERE number > ? LIMIT ?")) {
        select.setLong(1, after);
        select.setInt(2, count);
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            counts.merge(rows.getInt(2), 1L, Long::sum);
          }
        }
      }
      return counts;
    }

    @Override
    public void removeAll(long last) throws SQLException {
      try (Statement delete = connection.createStatement()) {
        delete.execute("DELETE FROM observation WHERE number <= " + last);
      }
    }
  }
}
