package city.mycelium.simulator.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void onATerminalItRedrawsInPlaceAndClearsOnce() {
    Screen screen = new Screen(out, Screen.fitting(false, true));
    screen.show(at(1, ""));
    screen.show(at(2, ""));

    assertThat(text().split("\u001b\\[2J", -1)).hasSize(2);
    assertThat(text().split("\u001b\\[H", -1)).hasSize(3);
  }

  @Test
  void elsewhereItIsALineEveryFiveSecondsAndNoControlCharacters() {
    Screen screen = new Screen(out, Screen.fitting(false, false));
    for (int second = 0; second <= 11; second++) {
      screen.show(at(second, ""));
    }

    assertThat(text().lines()).hasSize(3);
    assertThat(text()).doesNotContain("\u001b");
  }

  @Test
  void newsAreSaidAtOnce() {
    Screen screen = new Screen(out, Screen.fitting(false, false));
    screen.show(at(1, ""));
    screen.show(at(2, "the broker is away"));

    assertThat(text()).contains("the broker is away");
  }

  @Test
  void whoWantsOnlyTheLedgerGetsNothingElse() {
    Screen screen = new Screen(out, Screen.fitting(true, true));
    screen.say("hello");
    screen.show(at(1, ""));

    assertThat(text()).isEmpty();
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static Snapshot at(int second, String happening) {
    return new Snapshot(
        Duration.ofSeconds(second), Duration.ofSeconds(30), List.of(), null, 0, "", happening);
  }
}
