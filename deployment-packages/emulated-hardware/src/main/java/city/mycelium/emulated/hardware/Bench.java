package city.mycelium.emulated.hardware;

import city.mycelium.emulated.hardware.cell.Cell;
import city.mycelium.emulated.hardware.cell.Outcome;
import city.mycelium.emulated.hardware.cell.Workbench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Sets a {@link Workbench} up and proves its cells. */
interface Bench {

  /** Which one. */
  Workbench workbench();

  /** What this machine lacks for it, and the command that mends that; empty if it lacks nothing. */
  String lacks() throws IOException;

  /**
   * Proves the cells.
   *
   * @param folder a new one for what is written on the way
   * @return one outcome for each
   */
  List<Outcome> prove(List<Cell> cells, Path folder) throws IOException, InterruptedException;

  /** Whether there is such a program in the PATH. */
  static boolean has(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .filter(folder -> !folder.isEmpty())
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** Whether this machine runs the programs of a PC. */
  static boolean isPc() {
    return System.getProperty("os.arch").equals("amd64");
  }
}
