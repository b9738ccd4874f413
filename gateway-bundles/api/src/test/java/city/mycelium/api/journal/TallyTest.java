package city.mycelium.api.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.OffsetRange;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TallyTest {

  private static final DatastreamId TEMPERATURE = new DatastreamId("paddenstoel.7/Temp");
  private static final DatastreamId BAY = new DatastreamId("bay.12/occupancy");

  private static Advance advance(long from, long to, Tally tally) {
    return new Advance(
        "city",
        from,
        to,
        TallySheet.of(TEMPERATURE, tally),
        List.of(),
        Map.of(),
        List.of(),
        List.of());
  }

  @Test
  void addsUpEachKindByItself() {
    Tally sum = new Tally(1, 2, 3, 4, 5, 6, 7).plus(new Tally(10, 20, 30, 40, 50, 60, 70));
    assertThat(sum).isEqualTo(new Tally(11, 22, 33, 44, 55, 66, 77));
    assertThat(sum.dropped()).isEqualTo(44 + 55 + 66 + 77);
    assertThat(sum.total()).isEqualTo(308);
  }

  @Test
  void ofASheetIsTheSumOfItsRows() {
    TallySheet sheet =
        TallySheet.of(TEMPERATURE, Tally.delivered(2))
            .plus(TallySheet.of(BAY, Tally.withheld(1)))
            .plus(TallySheet.of(TEMPERATURE, Tally.expired(1)));

    assertThat(sheet.of(TEMPERATURE)).isEqualTo(new Tally(2, 0, 0, 1, 0, 0, 0));
    assertThat(sheet.total()).isEqualTo(new Tally(2, 1, 0, 1, 0, 0, 0));
    assertThat(sheet.of(new DatastreamId("bay.13/occupancy"))).isEqualTo(Tally.NONE);
  }

  @Test
  void movesWhatIsRecoveredAndNoMoreThanWasRefused() {
    assertThat(Tally.refused(3).recovered(2)).isEqualTo(new Tally(2, 0, 0, 0, 0, 1, 0));
    assertThatThrownBy(() -> Tally.refused(1).recovered(2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** What the journal no longer had, it accounts for itself. */
  @Test
  void leavesToTheJournalWhatIsGone() {
    TallySheet two = TallySheet.of(TEMPERATURE, Tally.delivered(2));
    List<OffsetRange> gone = List.of(new OffsetRange(3, 5));
    assertThat(new Advance("city", 0, 5, two, gone, Map.of(), List.of(), List.of()).gone())
        .isEqualTo(gone);
    assertThatThrownBy(() -> new Advance("city", 0, 4, two, gone, Map.of(), List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
  void neverCountsBelowZero(int which) {
    long[] counts = new long[7];
    counts[which] = -1;
    assertThatThrownBy(
            () ->
                new Tally(
                    counts[0], counts[1], counts[2], counts[3], counts[4], counts[5], counts[6]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The ledger's law: every offset that a cursor moves over is accounted for. */
  @Test
  void accountsForEveryOffsetThatACursorMovesOver() {
    assertThat(advance(10, 15, new Tally(3, 1, 1, 0, 0, 0, 0)).to()).isEqualTo(15);
    assertThatThrownBy(() -> advance(10, 15, new Tally(3, 1, 0, 0, 0, 0, 0)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isLeftOutByConsumersThatDoNotTally() {
    assertThat(advance(10, 15, Tally.NONE).tally()).isEqualTo(TallySheet.EMPTY);
  }

  @ParameterizedTest
  @CsvSource({"5,4", "-1,3"})
  void belongsToACursorThatOnlyGoesForward(long from, long to) {
    assertThatThrownBy(() -> advance(from, to, Tally.NONE))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
