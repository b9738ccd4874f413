package city.mycelium.api.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TallyTest {

  private static Advance advance(long from, long to, Tally tally) {
    return new Advance("city", from, to, tally, List.of(), List.of());
  }

  @Test
  void addsUpEachKindByItself() {
    Tally sum = new Tally(1, 2, 3, 4).plus(new Tally(10, 20, 30, 40));
    assertThat(sum).isEqualTo(new Tally(11, 22, 33, 44));
    assertThat(sum.total()).isEqualTo(110);
  }

  @ParameterizedTest
  @CsvSource({"-1,0,0,0", "0,-1,0,0", "0,0,-1,0", "0,0,0,-1"})
  void neverCountsBackwards(long delivered, long withheld, long unselected, long dropped) {
    assertThatThrownBy(() -> new Tally(delivered, withheld, unselected, dropped))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The ledger's law: every offset that a cursor moves over is accounted for. */
  @Test
  void accountsForEveryOffsetThatACursorMovesOver() {
    assertThat(advance(10, 15, new Tally(3, 1, 1, 0)).to()).isEqualTo(15);
    assertThatThrownBy(() -> advance(10, 15, new Tally(3, 1, 0, 0)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isLeftOutByConsumersThatDoNotTally() {
    assertThat(advance(10, 15, Tally.NONE).tally()).isEqualTo(Tally.NONE);
  }

  @ParameterizedTest
  @CsvSource({"5,4", "-1,3"})
  void belongsToACursorThatOnlyGoesForward(long from, long to) {
    assertThatThrownBy(() -> advance(from, to, Tally.NONE))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
