package city.mycelium.simulator.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

  @TempDir private Path home;

  @BeforeEach
  void begin() throws IOException {
    Path program = Files.createDirectories(home.resolve("bin")).resolve("mycelium-gateway");
    assertThat(Files.createFile(program).toFile().setExecutable(true)).isTrue();
  }

  @Test
  void whatMakesSenseIsTaken() {
    assertThat(settings(60, 15, 2, home).gateway()).exists();
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> settings(1, 0, 0, home)).hasMessageContaining("lasts");
    assertThatThrownBy(() -> settings(60, 60, 0, home)).hasMessageContaining("outage");
    assertThatThrownBy(() -> settings(60, 0, -1, home)).hasMessageContaining("killed");
    assertThatThrownBy(() -> settings(60, 0, 0, home.resolve("bin")))
        .hasMessageContaining("no distribution");
  }

  private static Settings settings(int duration, int outage, int kills, Path home) {
    return new Settings(
        Duration.ofSeconds(duration), Duration.ofSeconds(outage), kills, 1, 40, home);
  }
}
