package city.mycelium.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Ours against Google's own, both ways. */
class WireFormatTest {

  private static final long[] WHOLES = {0, 1, 127, 128, 300, -1, Long.MAX_VALUE, Long.MIN_VALUE};

  /** protobuf.dev, Encoding, "A Simple Message" and "More Wire Types". */
  @Test
  void theExamplesOfTheDocumentationAreWritten() {
    assertThat(HexFormat.of().formatHex(new MessageWriter().whole(1, 150).toBytes()))
        .isEqualTo("089601");
    assertThat(HexFormat.of().formatHex(new MessageWriter().text(2, "testing").toBytes()))
        .isEqualTo("120774657374696e67");
    assertThat(
            HexFormat.of()
                .formatHex(
                    new MessageWriter().message(3, new MessageWriter().whole(1, 150)).toBytes()))
        .isEqualTo("1a03089601");
  }

  @Test
  void googlesReaderReadsOurs() throws IOException {
    for (long whole : WHOLES) {
      byte[] bytes =
          new MessageWriter()
              .whole(1, whole)
              .truth(5000, true)
              .number(5001, -0.1)
              .text(4, "wit €")
              .toBytes();
      CodedInputStream in = CodedInputStream.newInstance(bytes);
      assertThat(in.readTag()).isEqualTo(1 << 3);
      assertThat(in.readInt64()).isEqualTo(whole);
      assertThat(in.readTag() >>> 3).isEqualTo(5000);
      assertThat(in.readBool()).isTrue();
      assertThat(in.readTag() >>> 3).isEqualTo(5001);
      assertThat(in.readDouble()).isEqualTo(-0.1);
      assertThat(in.readTag() >>> 3).isEqualTo(4);
      assertThat(in.readStringRequireUtf8()).isEqualTo("wit €");
      assertThat(in.isAtEnd()).isTrue();
    }
  }

  @Test
  void ourReaderReadsGooglesAndPassesOverWhatItDoesNotAskFor() throws Exception {
    for (long whole : WHOLES) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      out.writeInt64(1, whole);
      out.writeFixed32(2, 7);
      out.writeFixed64(3, 8);
      out.writeBytes(4, ByteString.copyFromUtf8("passed over"));
      out.writeInt32(5, -3);
      out.writeFloat(6, 0.5f);
      out.writeString(7, "€");
      out.flush();
      FieldReader in = new FieldReader(bytes.toByteArray());
      assertThat(in.next()).isEqualTo(1);
      assertThat(in.whole()).isEqualTo(whole);
      for (int i = 2; i <= 5; i++) {
        assertThat(in.next()).isEqualTo(i);
      }
      assertThat(in.whole()).isEqualTo(-3);
      assertThat(in.next()).isEqualTo(6);
      assertThat(in.number()).isEqualTo(0.5);
      assertThat(in.next()).isEqualTo(7);
      assertThat(in.text()).isEqualTo("€");
      assertThat(in.next()).isZero();
    }
  }

  @Test
  void whatIsCutShortOrBoastsIsRefused() {
    byte[] good = new MessageWriter().text(1, "mushroom").number(2, 1).toBytes();
    for (int length = 1; length < good.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(good, length);
      if (length != 10) { // there the first field ends: a shorter message, and a whole one
        assertThatThrownBy(() -> readAll(cut)).isInstanceOf(ProtobufException.class);
      }
    }
    for (String boast : new String[] {"0affffffff0f", "0affffffffffffffffff01", "0b", "07", "00"}) {
      assertThatThrownBy(() -> readAll(HexFormat.of().parseHex(boast)))
          .isInstanceOf(ProtobufException.class);
    }
  }

  @Test
  void noiseIsReadOrRefusedAndNothingElse() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] noise = new byte[random.nextInt(60)];
      random.nextBytes(noise);
      try {
        readAll(noise);
      } catch (ProtobufException e) {
        assertThat(e).hasMessageMatching(".{10,}");
      }
    }
  }

  private static void readAll(byte[] bytes) throws ProtobufException {
    FieldReader in = new FieldReader(bytes);
    while (in.next() != 0) {
      // passed over
    }
  }
}
