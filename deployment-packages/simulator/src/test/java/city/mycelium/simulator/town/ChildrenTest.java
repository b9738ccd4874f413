package city.mycelium.simulator.town;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildrenTest {

  private static final List<String> LONG_LIFE = List.of("sleep", "1000");

  /** 128 + the number of the signal, as Java reports it. */
  private static final int TERMINATED = 128 + 15;

  private static final int KILLED = 128 + 9;

  @TempDir private Path folder;
  private final Children children = new Children();

  @AfterEach
  void end() {
    children.close();
  }

  @Test
  void whatTheyPrintIsInTheLog() throws Exception {
    Path log = folder.resolve("log");
    children.start(List.of("echo", "one"), log, Map.of()).waitFor();
    children.start(List.of("sh", "-c", "echo $SAID"), log, Map.of("SAID", "two")).waitFor();

    assertThat(Files.readString(log)).isEqualTo("one\ntwo\n");
  }

  @Test
  void stopsWithAWordAndKillsWithoutOne() throws Exception {
    Process stopped = children.start(LONG_LIFE, folder.resolve("log"), Map.of());
    Process killed = children.start(LONG_LIFE, folder.resolve("log"), Map.of());

    assertThat(Children.stop(stopped)).isTrue();
    Children.kill(killed);

    assertThat(stopped.exitValue()).isEqualTo(TERMINATED);
    assertThat(killed.exitValue()).isEqualTo(KILLED);
  }

  @Test
  void noneSurvivesTheEndAndNoneIsStartedAfterIt() throws Exception {
    Process one = children.start(LONG_LIFE, folder.resolve("log"), Map.of());
    Process two = children.start(LONG_LIFE, folder.resolve("log"), Map.of());

    children.close();

    assertThat(one.isAlive()).isFalse();
    assertThat(two.isAlive()).isFalse();
    assertThatThrownBy(() -> children.start(LONG_LIFE, folder.resolve("log"), Map.of()))
        .isInstanceOf(IOException.class);
  }
}
