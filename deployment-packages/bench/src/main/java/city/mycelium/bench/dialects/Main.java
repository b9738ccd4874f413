package city.mycelium.bench.dialects;

import city.mycelium.bench.Figure;
import city.mycelium.bench.Report;
import city.mycelium.bench.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One part of {@code mycelium bench platforms} by itself. */
final class Main {

  private Main() {}

  /**
   * Measures and prints.
   *
   * @param arguments {@code encoding}, {@code hanging} or {@code table}; how many runs
   */
  public static void main(String[] arguments) throws Exception {
    int runs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
    Path workspace = Files.createTempDirectory("mycelium-bench");
    try {
      switch (arguments[0]) {
        case "encoding" -> {
          EncodingBench bench = new EncodingBench(runs);
          print("encoding", bench.run(), bench.notes());
        }
        case "hanging" -> {
          HangingBench bench = new HangingBench(workspace, runs);
          print("hanging", bench.run(), bench.notes());
        }
        default -> System.out.print(DialectTable.ofAll().markdown());
      }
    } finally {
      Workspace.delete(workspace);
    }
  }

  private static void print(String name, List<Figure> figures, List<String> notes) {
    System.out.print(new Report(name, figures, notes).text());
  }
}
