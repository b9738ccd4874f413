package city.mycelium.api.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.observation.Result.Position;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocationPrecisionTest {

  /** A place in a lake: nobody lives there. */
  private static final Position EXACT = new Position(52.812345, 5.356789, 1.5);

  @Test
  void snapsToTheGridAndForgetsTheHeight() {
    assertThat(new LocationPrecision(3).apply(EXACT)).isEqualTo(new Position(52.812, 5.357, null));
    assertThat(new LocationPrecision(0).apply(EXACT)).isEqualTo(new Position(53, 5, null));
  }

  /** Else the mean of many answers would give the place away. */
  @Test
  void givesTheSamePointForAllThatLiesInOneCell() {
    LocationPrecision coarse = new LocationPrecision(2);
    assertThat(coarse.apply(new Position(52.8101, 5.3601, null)))
        .isEqualTo(coarse.apply(new Position(52.8099, 5.3599, null)));
  }

  @Test
  void leavesAnExactPlaceAsItIs() {
    assertThat(LocationPrecision.EXACT.apply(EXACT)).isEqualTo(EXACT);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 8})
  void hasZeroToSevenDecimals(int decimals) {
    assertThatThrownBy(() -> new LocationPrecision(decimals))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
