package city.mycelium.emulated.hardware.guest;

import city.mycelium.emulated.hardware.cell.Cell;
import city.mycelium.emulated.hardware.cell.Outcome;
import jakarta.json.Json;
import jakarta.json.stream.JsonParsingException;
import java.io.PrintStream;
import java.io.StringReader;
import java.util.Optional;

/**
 * What a guest says on its console, the one thing of it that its host can hear. Lines of ours begin
 * with a word; between them stands whatever the kernel has to say.
 */
public final class Console implements Trial.Witness {

  /** Nothing more comes. */
  public static final String END = "HARDWARE-END";

  private static final String LOG = "HARDWARE-LOG ";
  private static final String DONE = "HARDWARE-DONE ";
  private static final String OUTCOME = "HARDWARE-OUTCOME ";

  private final PrintStream out;

  /** Speaks. */
  Console(PrintStream out) {
    this.out = out;
  }

  @Override
  public void logged(String line) {
    say(LOG + line);
  }

  @Override
  public void phaseDone(Cell cell, int phase) {
    say(DONE + cell.name() + " " + phase);
  }

  void outcome(Outcome outcome) {
    say(OUTCOME + outcome.json());
  }

  void end() {
    say(END);
  }

  private void say(String line) {
    // In one piece: the kernel writes on the same console.
    out.print(line + "\n");
    out.flush();
  }

  /** The line of the gateway's log that a line of the console is. */
  public static Optional<String> logLine(String line) {
    return behind(LOG, line);
  }

  /** {@code cell phase}, if this is what a line of the console tells. */
  public static Optional<String> doneLine(String line) {
    return behind(DONE, line);
  }

  /** The outcome that a line of the console tells; nothing if it is none, or garbled. */
  public static Optional<Outcome> outcomeLine(String line) {
    return behind(OUTCOME, line)
        .flatMap(
            told -> {
              try (var reader = Json.createReader(new StringReader(told))) {
                return Optional.of(Outcome.of(reader.readObject()));
              } catch (JsonParsingException e) { // a kernel message in the middle of it
                return Optional.empty();
              }
            });
  }

  private static Optional<String> behind(String word, String line) {
    return line.startsWith(word) ? Optional.of(line.substring(word.length())) : Optional.empty();
  }
}
