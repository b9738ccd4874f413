package city.mycelium.simulator.town;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TownPlanTest {

  @TempDir private Path home;

  @Test
  void needsADistribution() throws IOException {
    assertThatThrownBy(() -> TownPlan.of(home, home, 1, 1)).hasMessageContaining("build it first");

    Path program = Files.createDirectories(home.resolve("bin")).resolve("mycelium-gateway");
    assertThat(Files.createFile(program).toFile().setExecutable(true)).isTrue();

    assertThat(TownPlan.of(home, home, 1, 1).gateway()).isEqualTo(program);
  }
}
