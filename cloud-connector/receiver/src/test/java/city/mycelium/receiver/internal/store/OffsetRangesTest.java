package city.mycelium.receiver.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.observation.OffsetRange;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OffsetRangesTest {

  @Test
  void nothingIsContiguousUntilTheFirstOffsetIsThere() {
    assertThat(OffsetRanges.NONE.contiguous()).isZero();
    assertThat(of("2..9").contiguous()).isZero();
    assertThat(of("2..9").above()).containsExactly(range("2..9"));
    // Control: with it there, the same range counts.
    assertThat(of("2..9", "1..1").contiguous()).isEqualTo(9);
  }

  @Test
  void rangesThatAdjoinBecomeOne() {
    assertThat(of("1..4", "5..9").ranges()).containsExactly(range("1..9"));
    // Control: with one offset between them they do not.
    assertThat(of("1..4", "6..9").ranges()).containsExactly(range("1..4"), range("6..9"));
  }

  @Test
  void aRangeSwallowsAllThatItOverlaps() {
    assertThat(of("1..2", "5..6", "9..10", "20..21", "4..15").ranges())
        .containsExactly(range("1..2"), range("4..15"), range("20..21"));
  }

  @Test
  void whatIsThereAlreadyChangesNothing() {
    OffsetRanges before = of("1..10", "20..30");
    assertThat(before.with(range("22..25"))).isEqualTo(before);
    assertThat(before.with(range("22..31"))).isNotEqualTo(before);
  }

  @Test
  void gapsAreTheOffsetsThatAreMissingBelowTheHighest() {
    assertThat(OffsetRanges.NONE.gaps()).isZero();
    assertThat(of("1..10").gaps()).isZero();
    assertThat(of("3..10").gaps()).isEqualTo(2);
    assertThat(of("1..10", "13..20", "22..22").gaps()).isEqualTo(3);
  }

  @Test
  void tellsTheWholeRangeAroundAnOffset() {
    OffsetRanges ranges = of("1..4", "7..9");
    assertThat(ranges.around(8)).isEqualTo(range("7..9"));
    assertThatThrownBy(() -> ranges.around(5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ranges.around(10)).isInstanceOf(IllegalArgumentException.class);
  }

  /** The last offset of all has no successor to look for. */
  @Test
  void holdsTheLastOffsetOfAll() {
    OffsetRanges all = of("1..5").with(new OffsetRange(6, Long.MAX_VALUE));
    assertThat(all.contiguous()).isEqualTo(Long.MAX_VALUE);
    assertThat(all.with(new OffsetRange(Long.MAX_VALUE, Long.MAX_VALUE))).isEqualTo(all);
  }

  /** A bit per offset is the same set, written so plainly that it cannot be wrong. */
  @Test
  void agreesWithASetOfBitsWhateverIsAdded() {
    Random random = new Random(8428);
    for (int round = 0; round < 500; round++) {
      OffsetRanges ranges = OffsetRanges.NONE;
      BitSet bits = new BitSet();
      for (int i = 0; i < 30; i++) {
        int first = 1 + random.nextInt(100);
        OffsetRange added = new OffsetRange(first, first + random.nextInt(12));
        assertThat(ranges.missingIn(added))
            .isEqualTo(added.size() - bits.get(first, (int) added.last() + 1).cardinality());
        ranges = ranges.with(added);
        bits.set(first, (int) added.last() + 1);
        assertThat(ranges.contiguous()).isEqualTo(bits.nextClearBit(1) - 1L);
        assertThat(ranges.gaps()).isEqualTo(bits.length() - 1L - bits.cardinality());
        assertThat(ranges.ranges()).isEqualTo(rangesOf(bits));
        assertThat(ranges.around(first))
            .isEqualTo(
                new OffsetRange(bits.previousClearBit(first) + 1L, bits.nextClearBit(first) - 1L));
      }
    }
  }

  private static List<OffsetRange> rangesOf(BitSet bits) {
    List<OffsetRange> ranges = new java.util.ArrayList<>();
    for (int from = bits.nextSetBit(0);
        from >= 0;
        from = bits.nextSetBit(bits.nextClearBit(from))) {
      ranges.add(new OffsetRange(from, bits.nextClearBit(from) - 1L));
    }
    return ranges;
  }

  private static OffsetRanges of(String... ranges) {
    return OffsetRanges.of(java.util.Arrays.stream(ranges).map(OffsetRangesTest::range).toList());
  }

  private static OffsetRange range(String text) {
    String[] bounds = text.split("\\.\\.");
    return new OffsetRange(Long.parseLong(bounds[0]), Long.parseLong(bounds[1]));
  }

  @Test
  void holesAreWhatIsMissing() {
    OffsetRanges set = OffsetRanges.of(List.of(new OffsetRange(3, 5), new OffsetRange(8, 8)));
    assertThat(set.holesIn(new OffsetRange(1, 10)))
        .containsExactly(new OffsetRange(1, 2), new OffsetRange(6, 7), new OffsetRange(9, 10));
    assertThat(set.holesIn(new OffsetRange(4, 7))).containsExactly(new OffsetRange(6, 7));
    assertThat(set.holesIn(new OffsetRange(6, 6))).containsExactly(new OffsetRange(6, 6));
    assertThat(set.holesIn(new OffsetRange(3, 5))).isEmpty();
  }

  @Test
  void upToCutsWithinARangeAndBetweenThem() {
    OffsetRanges set = OffsetRanges.of(List.of(new OffsetRange(3, 5), new OffsetRange(8, 9)));
    assertThat(set.upTo(2)).isEqualTo(OffsetRanges.NONE);
    assertThat(set.upTo(4).ranges()).containsExactly(new OffsetRange(3, 4));
    assertThat(set.upTo(7).ranges()).containsExactly(new OffsetRange(3, 5));
    assertThat(set.upTo(20)).isEqualTo(set);
    assertThat(set.size()).isEqualTo(5);
  }
}
