package city.mycelium.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FigureTest {

  @Test
  void medianIsTheMiddleOfTheRunsInAnyOrder() {
    assertThat(Figure.reported("x", "s", 9, 1, 5).median()).isEqualTo(5);
    assertThat(Figure.reported("x", "s", 4, 1, 2, 100).median()).isEqualTo(3);
  }

  @Test
  void goalIsHeldAgainstTheMedianInItsDirection() {
    assertThat(Figure.atLeast("x", 5, "obs/s", 1, 5, 9).isReached()).isTrue();
    assertThat(Figure.atLeast("x", 5.1, "obs/s", 1, 5, 9).isReached()).isFalse();
    assertThat(Figure.atMost("x", 5, "B", 1, 5, 9).isReached()).isTrue();
    assertThat(Figure.atMost("x", 4.9, "B", 1, 5, 9).isReached()).isFalse();
  }

  @Test
  void goalThatIsMissedIsSaidLoudlyInTextAndJson() {
    Report report =
        new Report("x", List.of(Figure.atLeast("rate", 10, "obs/s", 3)), List.of("quiet machine"));
    assertThat(report.text()).contains("NOT REACHED", "3.00", "≥ 10.00", "quiet machine");
    assertThat(report.json().getJsonArray("figures").getJsonObject(0).getBoolean("reached"))
        .isFalse();
  }
}
