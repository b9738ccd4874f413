package city.mycelium.bench.platforms;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What became of the cells that were run. */
record Matrix(int observations, List<Cell.Result> results, double seconds) {

  /** Most of a cell is waiting. */
  private static final int AT_ONCE = 8;

  Matrix {
    results = List.copyOf(results);
  }

  /**
   * Runs the cells, some at a time.
   *
   * @param folder for their journals
   * @param observations in each
   */
  static Matrix run(List<Cell> cells, Path folder, int observations) throws Exception {
    long begin = System.nanoTime();
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<Cell.Result>> running = new ArrayList<>();
      for (Cell cell : cells) {
        Path own = Files.createTempDirectory(folder, "cell");
        running.add(threads.submit(() -> new CellRun(cell, own, observations).run()));
      }
      List<Cell.Result> results = new ArrayList<>();
      for (int i = 0; i < cells.size(); i++) {
        try {
          results.add(running.get(i).get());
        } catch (ExecutionException e) {
          throw new IllegalStateException(cells.get(i) + " could not be run", e.getCause());
        }
      }
      return new Matrix(observations, results, (System.nanoTime() - begin) / 1e9);
    } finally {
      threads.shutdownNow();
    }
  }

  boolean isGood() {
    return results.stream().allMatch(Cell.Result::isGood);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "matrix: %d cells of %d observations each, in %.0f s; a cell: delivered / stored twice"
                + " / lost%n",
            results.size(),
            observations,
            seconds));
    text.append(row("", Fault.words()));
    for (Pairing pairing :
        results.stream().map(each -> each.cell().pairing()).distinct().toList()) {
      List<String> columns = new ArrayList<>();
      for (Fault fault : Fault.values()) {
        columns.add(
            results.stream()
                .filter(each -> each.cell().equals(new Cell(pairing, fault)))
                .map(Matrix::column)
                .findFirst()
                .orElse("–"));
      }
      text.append(row(pairing.connector() + " × " + pairing.dialect(), columns));
    }
    text.append("  –: left out (docs/platforms-matrix.md); ~: a repeat may be stored twice there;")
        .append(" ?: nobody can know of the loss\n");
    for (Cell.Result each : results) {
      if (!each.isGood()) {
        text.append("  NOT GOOD ")
            .append(each.cell())
            .append(": ")
            .append(each.trouble())
            .append('\n');
      }
    }
    return text.toString();
  }

  private static String column(Cell.Result result) {
    return result.delivered()
        + "/"
        + result.duplicated()
        + (result.cell().pairing().mayDuplicate() == null ? "" : "~")
        + "/"
        + result.lost()
        + (result.isBlind() ? "?" : "")
        + (result.isGood() ? "" : "!");
  }

  private static String row(String name, List<String> columns) {
    StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-25s", name));
    columns.forEach(column -> row.append(String.format(Locale.ROOT, " %11s", column)));
    return row.append('\n').toString();
  }

  JsonObject json() {
    JsonArrayBuilder cells = Json.createArrayBuilder();
    results.forEach(each -> cells.add(each.json()));
    return Json.createObjectBuilder()
        .add("observations", observations)
        .add("seconds", Math.round(seconds))
        .add("good", isGood())
        .add("cells", cells)
        .add("leftOut", Json.createArrayBuilder(Pairing.leftOut()))
        .build();
  }
}
