package city.mycelium.api.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {

  private static final GatewayId GATEWAY = new GatewayId("abcdefghijklmnopqrstuvwx27");

  @Test
  void offsetsBeginAtOne() {
    assertThat(new Identity(GATEWAY, 7, 1).offset()).isEqualTo(1);
    assertThatThrownBy(() -> new Identity(GATEWAY, 7, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"0, 0000000000000000", "255, 00000000000000ff", "-1, ffffffffffffffff"})
  void anEpochIsSixteenHexDigitsAndComesBack(long epoch, String text) {
    assertThat(Identity.epochText(epoch)).isEqualTo(text);
    assertThat(Identity.parseEpoch(text)).isEqualTo(epoch);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ff", "00000000000000fg", "00000000000000fff"})
  void refusesWhatIsNoEpoch(String text) {
    assertThatThrownBy(() -> Identity.parseEpoch(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "abcdefghijklmnopqrstuvwx2",
        "abcdefghijklmnopqrstuvwx01",
        "ABCDEFGHIJKLMNOPQRSTUVWX27"
      })
  void refusesWhatIsNoGatewayId(String text) {
    assertThatThrownBy(() -> new GatewayId(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRangeHoldsBothItsEnds() {
    OffsetRange range = new OffsetRange(3, 5);
    assertThat(range.size()).isEqualTo(3);
    assertThat(range.contains(3)).isTrue();
    assertThat(range.contains(5)).isTrue();
    assertThat(range.contains(2)).isFalse();
    assertThat(range.contains(6)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "2, 1"})
  void refusesWhatIsNoRange(long first, long last) {
    assertThatThrownBy(() -> new OffsetRange(first, last))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void rangesSortByTheirBeginningThenByTheirEnd() {
    assertThat(new OffsetRange(1, 9)).isLessThan(new OffsetRange(2, 3));
    assertThat(new OffsetRange(1, 3)).isLessThan(new OffsetRange(1, 9));
  }
}
