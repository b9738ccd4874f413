package city.mycelium.pipeline.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PipelineSettingsTest {

  // DESIGN 4, Pipeline: 7 days and 10 MB per device by default.
  @Test
  void theDefaultsAreThoseOfTheDesign() {
    assertThat(PipelineSettings.DEFAULT.heldFor()).isEqualTo(Duration.ofDays(7));
    assertThat(PipelineSettings.DEFAULT.heldBytesPerDevice()).isEqualTo(10_000_000);
  }

  @Test
  void aLimitIsNotNegative() {
    Duration day = Duration.ofDays(1);
    Duration past = Duration.ofDays(-1);
    assertThat(new PipelineSettings(Duration.ZERO, 0, 0, Duration.ZERO, 0)).isNotNull();

    assertThatThrownBy(() -> new PipelineSettings(past, 1, 1, day, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PipelineSettings(day, -1, 1, day, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PipelineSettings(day, 1, -1, day, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PipelineSettings(day, 1, 1, past, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PipelineSettings(day, 1, 1, day, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
