package city.mycelium.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AttributionTest {

  private static Attribution between(Map<Long, Map<Integer, Long>> sheets) {
    return new Attribution(new TreeMap<>(sheets));
  }

  @Test
  void whatASheetCountsAndNobodyReadsIsWhatWasLost() {
    Attribution of = between(Map.of(6L, Map.of(1, 2L, 2, 4L)));
    of.found(1, new int[] {1, 2, 2});

    assertThat(of.lost(4, 3)).containsExactlyInAnyOrder(1, 2, 2);
  }

  // A cursor that stands between two damaged blocks has tallied one of them, and not the other.
  @Test
  void twoSheetsTellTwoStretchesApart() {
    Attribution of = between(Map.of(2L, Map.of(1, 2L), 4L, Map.of(1, 2L, 2, 2L)));

    assertThat(of.lost(3, 2)).containsExactly(2, 2);
    assertThat(of.lost(1, 2)).containsExactly(1, 1);
  }

  @Test
  void oneRunMayReachOverASheet() {
    Attribution of = between(Map.of(2L, Map.of(2, 2L), 4L, Map.of(1, 2L, 2, 2L)));

    assertThat(of.lost(1, 4)).containsExactly(2, 2, 1, 1);
  }

  @Test
  void beyondTheLastSheetNobodyKnows() {
    Attribution of = between(Map.of(2L, Map.of(1, 2L)));
    of.found(1, new int[] {1, 1});

    assertThat(of.lost(3, 2)).containsExactly(Dictionary.UNKNOWN, Dictionary.UNKNOWN);
  }

  @Test
  void sheetThatDoesNotAddUpIsNotUsed() {
    Attribution of = between(Map.of(3L, Map.of(1, 2L), 4L, Map.of(2, 4L)));

    assertThat(of.lost(1, 4)).containsExactly(2, 2, 2, 2);
  }
}
