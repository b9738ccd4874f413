package city.mycelium.api.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhenomenonTimeTest {

  private static final long NOON = 1_795_435_200_000L; // 2026-11-23T12:00:00Z

  @Test
  void anInstantHasNoLength() {
    assertThat(PhenomenonTime.at(NOON))
        .matches(PhenomenonTime::isInstant)
        .returns(0L, PhenomenonTime::millis)
        .hasToString("2026-11-23T12:00:00Z");
  }

  @Test
  void anIntervalSaysItsTwoEnds() {
    assertThat(PhenomenonTime.between(NOON, NOON + 60_000))
        .matches(time -> !time.isInstant())
        .returns(60_000L, PhenomenonTime::millis)
        .hasToString("2026-11-23T12:00:00Z/2026-11-23T12:01:00Z");
  }

  @ParameterizedTest
  @CsvSource({"-1, 5", "5, 4", "0, 253402300800000"})
  void refusesWhatIsNoTime(long from, long to) {
    assertThatThrownBy(() -> new PhenomenonTime(from, to))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void reachesToTheEndOfTheYear9999() {
    assertThat(PhenomenonTime.at(253_402_300_799_999L)).hasToString("9999-12-31T23:59:59.999Z");
  }
}
