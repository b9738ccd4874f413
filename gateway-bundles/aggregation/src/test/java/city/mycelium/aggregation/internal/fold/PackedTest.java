package city.mycelium.aggregation.internal.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PackedTest {

  private static final int VERSION = 3;

  private static PackedReader read(PackedWriter written) {
    return new PackedReader(written.toBytes(), VERSION);
  }

  private static PackedReader read(String hex) {
    return new PackedReader(HexFormat.ofDelimiter(" ").parseHex("03 " + hex), VERSION);
  }

  @Test
  void numbersTakeSevenBitsAByteTheLowestFirst() {
    // 624485 is the example of DWARF 5, Appendix C, 7.6: e5 8e 26.
    assertThat(new PackedWriter(VERSION).number(624_485).toBytes())
        .isEqualTo(HexFormat.of().parseHex("03e58e26"));
    assertThat(read("e5 8e 26").number()).isEqualTo(624_485);
  }

  @Test
  void signedNumbersAlternate() {
    // 0, -1, 1, -2 are 0, 1, 2, 3: protocol buffers, Encoding, ZigZag.
    assertThat(new PackedWriter(VERSION).signed(0).signed(-1).signed(1).signed(-2).toBytes())
        .isEqualTo(HexFormat.of().parseHex("0300010203"));
  }

  @Property
  void everyNumberComesBack(@ForAll long number, @ForAll long signed) {
    PackedReader in = read(new PackedWriter(VERSION).number(number).signed(signed));

    assertThat(in.number()).isEqualTo(number);
    assertThat(in.signed()).isEqualTo(signed);
    in.end();
  }

  @Test
  void aNumberOfMoreThan64BitsIsRefused() {
    assertThat(read("ff ff ff ff ff ff ff ff ff 01").number()).isEqualTo(-1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("ff ff ff ff ff ff ff ff ff 02").number())
        .withMessageContaining("too long");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("80 80 80 80 80 80 80 80 80 80 00").number());
  }

  @Test
  void whatIsSaidToBeLongerThanItIsIsRefusedBeforeMemoryIsTaken() {
    assertThat(read("02 00 00").size(1)).isEqualTo(2);
    assertThatIllegalArgumentException().isThrownBy(() -> read("02 00 00").size(2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Timeline.read(read("ff ff ff ff 07 00 00"), value -> {}))
        .withMessageContaining("cut off");
  }

  @Test
  void aCountIsNotNegative() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("ff ff ff ff ff ff ff ff ff 01").count())
        .withMessageContaining("negative");
  }

  @Test
  void aRealIsFinite() {
    assertThat(read(new PackedWriter(VERSION).real(-0.1)).real()).isEqualTo(-0.1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(new PackedWriter(VERSION).real(Double.NaN)).real())
        .withMessageContaining("not finite");
  }

  @Test
  void nothingIsOfNoVersion() {
    assertThatIllegalArgumentException().isThrownBy(() -> new PackedReader(new byte[0], VERSION));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PackedReader(new byte[] {4}, VERSION))
        .withMessageContaining("version 4");
  }

  @Test
  void aTimelineOutOfOrderIsRefused() {
    Timeline timeline = new Timeline();
    timeline.add(2, 7);
    timeline.add(2, 5);
    timeline.add(1, 9);
    PackedWriter out = new PackedWriter(VERSION);
    timeline.write(out);
    assertThat(out.toBytes())
        .isEqualTo(HexFormat.of().parseHex("03 03 02 12 02 07 00 04".replace(" ", "")));

    // The second step goes back in time: 1, 0, 0.
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Timeline.read(read("03 02 12 01 07 00 04"), value -> {}))
        .withMessageContaining("order");
  }

  @Test
  void aSumThatNoSumWouldWriteIsRefused() {
    ExactSum sum = new ExactSum();
    sum.add(0.75);
    byte[] written = sum.toBytes();
    assertThat(read(new PackedWriter(VERSION).bytes(written)).sum().total()).isEqualTo(0.75);

    for (byte[] hostile :
        new byte[][] {
          {},
          {0, 0, 0, 0},
          ByteBuffer.allocate(5).putShort((short) -2_149).putShort((short) 1).put((byte) 1).array(),
          ByteBuffer.allocate(5).putShort((short) 2_000).putShort((short) 1).put((byte) 1).array(),
          ByteBuffer.allocate(5).putShort((short) 0).putShort((short) 2).put((byte) 1).array(),
          ByteBuffer.allocate(5).putShort((short) 0).putShort((short) -1).put((byte) 1).array(),
          ByteBuffer.allocate(5).putShort((short) 0).putShort((short) 1).put((byte) 2).array(),
          ByteBuffer.allocate(5).putShort((short) 7).putShort((short) 1).put((byte) 0).array(),
        }) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> read(new PackedWriter(VERSION).bytes(hostile)).sum());
    }
  }
}
