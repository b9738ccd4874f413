package city.mycelium.aggregation.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.aggregation.internal.fold.DayParts;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AggregationSettingsTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration DAY = Duration.ofDays(1);

  // Issue 2, item 5: tumbling windows of 1, 10 and 60 minutes.
  @Test
  void theDefaultsAreThreeWindowsOnTheCitysClock() {
    assertThat(AggregationSettings.DEFAULT.grids())
        .extracting(WindowGrid::length)
        .containsExactly(MINUTE, Duration.ofMinutes(10), Duration.ofHours(1));
    assertThat(AggregationSettings.DEFAULT.grids())
        .extracting(grid -> grid.zone().getId())
        .containsOnly("Europe/Amsterdam");
  }

  // Each would be counted twice.
  @Test
  void aWindowIsGivenOnce() {
    assertThatThrownBy(() -> settings(List.of(MINUTE, MINUTE), Duration.ZERO, DAY, MINUTE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("every length of window is given once, not [PT1M, PT1M]");
  }

  @Test
  void whatCannotWorkIsRefused() {
    assertThat(settings(List.of(), Duration.ZERO, Duration.ZERO, Duration.ZERO)).isNotNull();

    assertThatThrownBy(() -> settings(List.of(Duration.ofMinutes(7)), MINUTE, DAY, MINUTE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> settings(List.of(MINUTE), MINUTE.negated(), DAY, MINUTE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> settings(List.of(MINUTE), DAY, MINUTE, MINUTE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> settings(List.of(MINUTE), MINUTE, DAY, MINUTE.negated()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static AggregationSettings settings(
      List<Duration> windows, Duration holdback, Duration lateness, Duration checkpointEvery) {
    return new AggregationSettings(
        windows,
        DayParts.of(ZoneOffset.UTC),
        holdback,
        lateness,
        checkpointEvery,
        CaptureRules.EUROPEAN,
        Map.of());
  }
}
