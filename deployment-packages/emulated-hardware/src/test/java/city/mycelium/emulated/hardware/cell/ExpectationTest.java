package city.mycelium.emulated.hardware.cell;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.emulated.hardware.cell.Expectation.Agree;
import city.mycelium.emulated.hardware.cell.Expectation.Reads;
import city.mycelium.emulated.hardware.cell.Expectation.Says;
import org.junit.jupiter.api.Test;

class ExpectationTest {

  private final Evidence seen = new Evidence();

  @Test
  void aValueMayBeOffByItsToleranceAndNoMore() {
    seen.observed("a/temperature", 25.084);

    assertThat(new Reads("a/temperature", 25.08, 0.005).isMet(seen)).isTrue();
    assertThat(new Reads("a/temperature", 25.08, 0.003).isMet(seen)).isFalse();
    assertThat(new Reads("b/temperature", 25.08, 0.005).isMet(seen)).isFalse();
  }

  @Test
  void twoThatShouldAgreeAreComparedByTheirLatest() {
    Agree agree = new Agree("own/humidity", "kernel/humidity", 0.02);
    seen.observed("own/humidity", 41.52);
    assertThat(agree.isMet(seen)).isFalse();

    seen.observed("kernel/humidity", 41.534);
    assertThat(agree.isMet(seen)).isTrue();

    seen.observed("own/humidity", 41.6);
    assertThat(agree.isMet(seen)).isFalse();
  }

  @Test
  void aSentenceCountsOnlyAboutItsDevice() {
    seen.logged("WARN  bmp280.roof at /dev/i2c-1: nothing answers at 0x76");

    assertThat(new Says("bmp280.roof", "nothing answers").isMet(seen)).isTrue();
    assertThat(new Says("bmp280.cellar", "nothing answers").isMet(seen)).isFalse();
  }

  @Test
  void whatCameBeforeAMarkDoesNotCount() {
    seen.observed("a/x", 1);
    seen.logged("a is gone");
    Evidence.Mark mark = seen.mark();
    assertThat(new Reads("a/x", 1, 0).isMet(seen.after(mark))).isFalse();
    assertThat(new Says("a", "gone").isMet(seen.after(mark))).isFalse();

    seen.observed("a/x", 1);
    assertThat(new Reads("a/x", 1, 0).isMet(seen.after(mark))).isTrue();
  }

  @Test
  void whoFailedIsToldWhatWasThereInstead() {
    seen.observed("a/x", 2);
    seen.logged("WARN  b at /dev/ttyUSB0: is it plugged in?");

    assertThat(new Reads("a/x", 1, 0).missing(seen))
        .isEqualTo("a/x should be 1.0, and the last was 2.0");
    assertThat(new Reads("b/x", 1, 0).missing(seen))
        .contains("there was none")
        .contains("is it plugged in?");
  }
}
