package city.mycelium.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.journal.Tally;
import city.mycelium.api.journal.TallySheet;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.OffsetRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RangesTest {

  @Property(tries = 300)
  void betweenIsWhatNoRangeHas(
      @ForAll @Size(max = 8) List<@LongRange(min = 1, max = 40) Long> starts,
      @ForAll @LongRange(min = 1, max = 10) long length) {
    List<OffsetRange> taken =
        starts.stream().map(first -> new OffsetRange(first, first + length)).toList();
    List<Long> expected =
        LongStream.rangeClosed(5, 30)
            .boxed()
            .filter(offset -> taken.stream().noneMatch(range -> range.contains(offset)))
            .toList();
    List<Long> found = new ArrayList<>();
    Ranges.between(5, 30, taken)
        .forEach(gap -> LongStream.rangeClosed(gap.first(), gap.last()).forEach(found::add));
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void pieceComesBackFromItsBytes() {
    Piece piece =
        new Piece(
            new OffsetRange(1_000_000, 1_000_400),
            new TallySheet(
                Map.of(
                    new DatastreamId("kit/T"),
                    new Tally(300, 1, 2, 0, 0, 90, 0),
                    new DatastreamId("kit/T/PT1M"),
                    Tally.delivered(6))),
            List.of(new OffsetRange(1_000_003, 1_000_003), new OffsetRange(1_000_300, 1_000_300)),
            List.of());
    assertThat(Piece.of(piece.toBytes())).isEqualTo(piece);
    assertThat(piece.toBytes()).hasSizeLessThan(80);
  }

  @Test
  void refusalComesBackFromItsBytes() {
    Refusal refusal =
        new Refusal(
            new OffsetRange(5, 300),
            true,
            List.of(new OffsetRange(7, 9), new OffsetRange(200, 200)),
            Map.of(new DatastreamId("kit/T"), 3L, new DatastreamId("kit/H"), 1L),
            "413: zu groß",
            1_764_000_000_000L,
            12);
    Notebook notebook = new Notebook(new Rig().journal.state(), "hub");
    refusal.note(notebook);
    assertThat(Refusal.of(notebook.take().get(0).value())).isEqualTo(refusal);
  }
}
