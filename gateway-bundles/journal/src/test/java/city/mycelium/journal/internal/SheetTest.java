package city.mycelium.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.journal.Tally;
import city.mycelium.api.observation.DatastreamId;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SheetTest {

  @Test
  void whatIsUnpackedIsWhatWasPacked() throws Exception {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      Map<Integer, Tally> rows = new HashMap<>();
      for (int i = random.nextInt(100); i > 0; i--) {
        rows.put(random.nextInt(Dictionary.MAX_NUMBER), tally(random));
      }
      Sheet sheet = Sheet.of(rows);

      assertThat(Sheet.fromBytes(sheet.toBytes()).rows()).isEqualTo(sheet.rows());
    }
  }

  private static Tally tally(Random random) {
    long[] counts = new long[7];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = random.nextBoolean() ? 0 : random.nextLong() >>> (8 + random.nextInt(55));
    }
    return new Tally(counts[0], counts[1], counts[2], counts[3], counts[4], counts[5], counts[6]);
  }

  // A step of 20 streams must not cost a second page: docs/decisions/0010-journal-layout.md.
  @Test
  void twentyStreamsAfterAYearStillFitTheCursorsOwnRow() {
    Map<Integer, Tally> rows = new HashMap<>();
    for (int datastream = 1; datastream <= 20; datastream++) {
      rows.put(datastream, new Tally(31_536_000, 1_000_000, 0, 0, 0, 10_000, 0));
    }
    assertThat(Sheet.of(rows).toBytes()).hasSizeLessThan(CursorTable.MAX_RECENT_BYTES / 2);
  }

  @Test
  void noBitCanBeFlippedWithoutBeingNoticed() {
    byte[] bytes = Sheet.of(Map.of(3, Tally.delivered(300), 9, Tally.refused(1))).toBytes();
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);

      assertThatThrownBy(() -> Sheet.fromBytes(flipped)).isInstanceOf(DamagedBlockException.class);
    }
  }

  @Test
  void countsOfWhatWasAcceptedAreUnpackedAsTheyWerePacked() throws Exception {
    AcceptedCounts counts =
        AcceptedCounts.NONE.plus(new int[] {3, 3, 700, 1}).plus(Dictionary.UNKNOWN, 5_000_000_000L);

    AcceptedCounts again = AcceptedCounts.fromBytes(counts.toBytes());

    Dictionary names = new Dictionary();
    for (int number : new int[] {1, 3, 700}) {
      names.add(number, new DatastreamId("stream/" + number));
    }
    assertThat(again.through()).isEqualTo(5_000_000_004L);
    assertThat(again.named(names)).isEqualTo(counts.named(names)).hasSize(4);
  }

  @Test
  void whatStaysOfABlockIsItsReasonAndWhoseItWas() throws Exception {
    int[] datastreams = new Random(1).ints(1_024, 0, 50).toArray();
    byte[] payload = new GoneBlock(Loss.CROWDED_OUT, datastreams).encode();

    GoneBlock again = GoneBlock.decode(payload);

    assertThat(again.why()).isEqualTo(Loss.CROWDED_OUT);
    assertThat(again.datastreams()).isEqualTo(datastreams);
    for (int i = 0; i < payload.length; i++) {
      byte[] flipped = payload.clone();
      flipped[i] ^= 1;
      assertThatThrownBy(() -> GoneBlock.decode(flipped)).isInstanceOf(DamagedBlockException.class);
    }
  }
}
