package city.mycelium.api.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpeningTest {

  @Test
  void itComesBackWhateverStandsInItsSettings() {
    Opening opening =
        new Opening(
            "serial",
            "frames",
            Duration.ofSeconds(90),
            Map.of("pattern", "^R(?<mm>\\d{4})\\r\\n = # !", "empty", "", "space", "  a b "),
            true);

    assertThat(Opening.parse(opening.bytes())).isEqualTo(opening);
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThatThrownBy(() -> Opening.parse("bus=serial".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("kind");
  }
}
