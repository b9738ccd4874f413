package city.mycelium.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.journal.Draft;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlockCodecTest {

  private static final long NOON = 1_795_435_200_000L;

  private static final DatastreamNames NAMES =
      number -> {
        if (number < 0 || number >= RandomDrafts.DATASTREAMS.size()) {
          throw new DamagedBlockException("no datastream " + number);
        }
        return RandomDrafts.DATASTREAMS.get(number);
      };

  // Records compare doubles by their bits, so that -0.0 is not 0.0 here.
  @Test
  void tenThousandRandomDraftsComeBackBitForBit() throws Exception {
    RandomDrafts random = new RandomDrafts(1);
    Random sizes = new Random(2);
    int done = 0;
    while (done < 10_000) {
      List<Draft> drafts = random.next(1 + sizes.nextInt(200));
      assertThat(decode(encode(drafts))).isEqualTo(drafts);
      done += drafts.size();
    }
  }

  @Test
  void aFullBlockComesBack() throws Exception {
    List<Draft> drafts = new RandomWalk(3).next(BlockCodec.MAX_OBSERVATIONS);
    Dictionary dictionary = new Dictionary();
    byte[] block = BlockCodec.encode(drafts, dictionary::numberOf);
    dictionary.keep();

    assertThat(BlockCodec.decode(block, dictionary)).isEqualTo(drafts);
  }

  // The largest block there can be: the longest texts, of the characters that take the most bytes.
  @Test
  void theLargestBlockComesBack() throws Exception {
    Random random = new Random(4);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Result.Text.MAX_CHARS; i++) {
      text.append((char) (0x4E00 + random.nextInt(0x5000)));
    }
    List<Draft> drafts =
        Collections.nCopies(BlockCodec.MAX_OBSERVATIONS, draft(new Result.Text(text.toString())));

    assertThat(decode(encode(drafts))).isEqualTo(drafts);
  }

  // What lies on gateways' cards must stay readable, and is read by what comes after: a change here
  // needs a new version.
  @Test
  void theFormatIsAsItAlwaysWas() throws Exception {
    List<Draft> few =
        List.of(draft(new Result.Measurement(21.55)), draft(new Result.Category("occupied")));
    String golden =
        "01" // version
            + "00" // not deflated
            + "2a9837a5" // CRC-32C
            + "02" // observations
            + "020600" // datastream 3, and the same
            + "0780f8b784c16800" // noon, and the same
            + "020000" // instants
            + "025000" // received 40 ms later, and at the same time
            + "020003" // a number, a category
            + "0102" // two decimals
            + "0bd621" // 11 bytes of values: 2155
            + "086f63637570696564"; // "occupied"

    assertThat(HexFormat.of().formatHex(encode(few))).isEqualTo(golden);
    assertThat(decode(HexFormat.of().parseHex(golden))).isEqualTo(few);
  }

  // Another deflate may pack it otherwise, but has to unpack it.
  @Test
  void theDeflatedFormatIsAsItAlwaysWas() throws Exception {
    List<Draft> drafts = Collections.nCopies(30, draft(new Result.Position(52.0907, 5.1214, null)));
    String golden =
        "0101b4356adc9f0293936363c007941b7e6c6f399881578d1c5e5906b900fcd2ac78"
            + "810d0b05c061da69fb390bf0fb102f0000";

    assertThat(decode(HexFormat.of().parseHex(golden))).isEqualTo(drafts);
  }

  // The reason for all of this: docs/decisions/0010-journal-layout.md.
  @Test
  void whatSensorsSayIsPackedTenfold() {
    List<Draft> drafts = new RandomWalk(5).next(512);
    Dictionary dictionary = new Dictionary();

    // As plain numbers, each would take 8 bytes of time, 8 of value and 2 of datastream.
    assertThat(BlockCodec.encode(drafts, dictionary::numberOf)).hasSizeLessThan(512 * 18 / 10);
  }

  @Test
  void aBlockHoldsSomethingButNotTooMuch() {
    Draft one = draft(new Result.Truth(true));

    assertThatThrownBy(() -> encode(List.of())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> encode(Collections.nCopies(BlockCodec.MAX_OBSERVATIONS + 1, one)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNewerVersionIsRefusedInWords() {
    byte[] block = encode(List.of(draft(new Result.Truth(true))));
    block[0] = 2;

    assertThatThrownBy(() -> decode(block))
        .isInstanceOf(DamagedBlockException.class)
        .hasMessageContaining("version 2")
        .hasMessageContaining("version 1");
  }

  @Test
  void aTruncatedBlockIsRefused() {
    byte[] block = encode(new RandomDrafts(6).next(50));

    for (int length = 0; length < block.length; length++) {
      byte[] part = Arrays.copyOf(block, length);
      assertThatThrownBy(() -> decode(part)).isInstanceOf(DamagedBlockException.class);
    }
  }

  // A worn card flips bits: none may pass, since the value would be wrong and nobody would know.
  @Test
  void everyFlippedBitIsNoticed() {
    byte[] block = encode(new RandomDrafts(7).next(20));

    for (int bit = 0; bit < block.length * 8; bit++) {
      byte[] flipped = block.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> decode(flipped)).isInstanceOf(DamagedBlockException.class);
    }
  }

  @Test
  void tenThousandTimesGarbageIsRefused() {
    Random random = new Random(8);
    for (int i = 0; i < 10_000; i++) {
      byte[] garbage = new byte[random.nextInt(300)];
      random.nextBytes(garbage);
      if (garbage.length > 1 && random.nextBoolean()) {
        garbage[0] = 1;
        garbage[1] = (byte) random.nextInt(2);
      }
      assertThatThrownBy(() -> decode(garbage)).isInstanceOf(DamagedBlockException.class);
    }
  }

  // Behind the checksum the decoder trusts nothing either: whatever the columns hold, it ends with
  // drafts that passed the checks of their records, or with its one exception.
  @Test
  void tenThousandDamagedColumnsUnderAGoodChecksumDoNoHarm() throws Exception {
    Random random = new Random(9);
    RandomDrafts drafts = new RandomDrafts(10);
    int refused = 0;
    for (int i = 0; i < 10_000; i++) {
      byte[] columns =
          BlockColumns.write(drafts.next(1 + random.nextInt(30)), BlockCodecTest::numberOf);
      byte[] damaged = damage(columns, random);
      try {
        assertThat(decode(BlockCodec.frame(BlockCodec.PLAIN, damaged)))
            .hasSizeLessThanOrEqualTo(damaged.length);
      } catch (DamagedBlockException e) {
        refused++;
      }
    }
    // The control: most damage does show, and some cannot, such as another number for a number.
    assertThat(refused).isBetween(3_000, 9_999);
  }

  private static byte[] damage(byte[] bytes, Random random) {
    byte[] damaged = bytes.clone();
    switch (random.nextInt(4)) {
      case 0:
        return Arrays.copyOf(damaged, random.nextInt(damaged.length));
      case 1:
        random.nextBytes(damaged);
        return damaged;
      case 2:
        return Arrays.copyOf(damaged, damaged.length + 1 + random.nextInt(5));
      default:
        for (int i = 0; i <= random.nextInt(4); i++) {
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        }
        return damaged;
    }
  }

  // A few bytes that claim to be millions must not cost millions.
  @Test
  void moreThanDeflateCanGiveIsNotAllocated() {
    assertThatThrownBy(() -> decode(claiming(4 << 20, new byte[] {3, 0})))
        .isInstanceOf(DamagedBlockException.class)
        .hasMessageContaining("cannot inflate");
  }

  @Test
  void whatInflatesToAnotherLengthThanItClaimsIsRefused() throws Exception {
    byte[] block = encode(new RandomDrafts(11).next(100));
    ByteSource source = new ByteSource(Arrays.copyOfRange(block, 6, block.length));
    int size = (int) source.varint();
    byte[] packed = source.bytes(source.remaining());

    assertThat(decode(claiming(size, packed))).hasSize(100);
    for (int wrong : new int[] {size - 1, size + 1}) {
      assertThatThrownBy(() -> decode(claiming(wrong, packed)))
          .isInstanceOf(DamagedBlockException.class)
          .hasMessageContaining("does not inflate to the " + wrong);
    }
  }

  private static byte[] claiming(int size, byte[] packed) {
    ByteSink body = new ByteSink(packed.length + 5);
    body.varint(size);
    body.bytes(packed);
    return BlockCodec.frame(1, body.toByteArray());
  }

  // A truth has no value in the last column; a byte there belongs to nothing.
  @Test
  void whatIsLeftOverInAColumnIsDamage() throws Exception {
    byte[] columns =
        BlockColumns.write(List.of(draft(new Result.Truth(true))), BlockCodecTest::numberOf);
    byte[] surplus = Arrays.copyOf(columns, columns.length + 1);
    surplus[columns.length - 1] = 1;

    assertThat(decode(BlockCodec.frame(BlockCodec.PLAIN, columns))).hasSize(1);
    assertThatThrownBy(() -> decode(BlockCodec.frame(BlockCodec.PLAIN, surplus)))
        .isInstanceOf(DamagedBlockException.class)
        .hasMessageContaining("belong to no observation");
  }

  private static Draft draft(Result result) {
    return new Draft(
        RandomDrafts.DATASTREAMS.get(3), PhenomenonTime.at(NOON), result, Quality.GOOD, NOON + 40);
  }

  private static byte[] encode(List<Draft> drafts) {
    return BlockCodec.encode(drafts, BlockCodecTest::numberOf);
  }

  private static List<Draft> decode(byte[] block) throws DamagedBlockException {
    return BlockCodec.decode(block, NAMES);
  }

  private static int numberOf(DatastreamId name) {
    return RandomDrafts.DATASTREAMS.indexOf(name);
  }
}
