package city.mycelium.emulated.hardware.guest;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.emulated.hardware.cell.Cell;
import city.mycelium.emulated.hardware.cell.Outcome;
import city.mycelium.emulated.hardware.cell.Workbench;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleTest {

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Console console = new Console(new PrintStream(said, true, StandardCharsets.UTF_8));
  private final Cell cell = Workbench.PC.cells(Path.of("/tmp/bench")).get(0);

  @Test
  void whatAGuestTellsItsHostUnderstands() {
    Outcome failed = Outcome.failed(cell, "it should be \"1\", and was 2", 12);

    console.logged("INFO  Up");
    console.phaseDone(cell, 1);
    console.outcome(failed);
    console.end();

    List<String> lines = said.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(Console.logLine(lines.get(0))).contains("INFO  Up");
    assertThat(Console.doneLine(lines.get(1))).contains(cell.name() + " 1");
    assertThat(Console.outcomeLine(lines.get(2))).contains(failed);
    assertThat(lines.get(3)).isEqualTo(Console.END);
  }

  @Test
  void whatTheKernelSaysIsNoOutcome() {
    assertThat(Console.outcomeLine("[    9.43] tmp102 0-0048: initialized")).isEmpty();
    assertThat(Console.outcomeLine("HARDWARE-OUTCOME {\"cell\":\"a\",[   9.43] usb 1-1: new"))
        .isEmpty();
    assertThat(Console.doneLine("HARDWARE-LOG a 1")).isEmpty();
  }
}
