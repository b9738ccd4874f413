package city.mycelium.simulator.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.simulator.town.FurtherDestinations;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SettingsTest {

  @Test
  void whatMakesSenseIsTaken() {
    assertThat(settings(60, 15, 2).kills()).isEqualTo(2);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> settings(1, 0, 0)).hasMessageContaining("lasts");
    assertThatThrownBy(() -> settings(60, 60, 0)).hasMessageContaining("outage");
    assertThatThrownBy(() -> settings(60, 0, -1)).hasMessageContaining("killed");
  }

  private static Settings settings(int duration, int outage, int kills) {
    return new Settings(
        Duration.ofSeconds(duration),
        Duration.ofSeconds(outage),
        kills,
        1,
        40,
        Path.of("home"),
        FurtherDestinations.NONE);
  }
}
