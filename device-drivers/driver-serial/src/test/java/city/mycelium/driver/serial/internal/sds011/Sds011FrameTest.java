package city.mycelium.driver.serial.internal.sds011;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.device.Scan;
import city.mycelium.driver.serial.internal.Streams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Golden frames are the examples of Nova Fitness, "Laser Dust Sensor Control Protocol" V1.3. */
class Sds011FrameTest {

  /** 3.2, example: PM2.5 123.6 ug/m3, PM10 261.8 ug/m3, id A160. */
  private static final byte[] DATA = hex("AA C0 D4 04 3A 0A A1 60 1D AB");

  /** 3.1, example: the sensor A160 is set to report query mode. */
  private static final byte[] ANSWER = hex("AA C5 02 01 01 00 A1 60 05 AB");

  private static final int GARBAGE_INPUTS = 10_000;

  @Test
  void theExampleOfTheDocumentIsRead() {
    Sds011Frame frame = only(Sds011Frame.scan(DATA));

    assertThat(frame.kind()).isEqualTo(Sds011Frame.DATA);
    assertThat(frame.pm25Tenths()).isEqualTo(1236);
    assertThat(frame.pm10Tenths()).isEqualTo(2618);
    assertThat(frame.chip()).isEqualTo(0xA160);
  }

  // 3.1, 3.4 and 3.5: every answer that the document shows.
  @Test
  void answersToCommandsAreFramesToo() {
    for (String example :
        List.of(
            "AA C5 02 00 00 00 A1 60 03 AB",
            "AA C5 02 00 01 00 A1 60 04 AB",
            "AA C5 02 01 01 00 A1 60 05 AB",
            "AA C5 06 01 00 00 A1 60 08 AB",
            "AA C5 06 01 01 00 A1 60 09 AB",
            "AA C5 06 00 01 00 A1 60 08 AB",
            "AA C5 08 01 01 00 A1 60 0B AB",
            "AA C5 08 01 00 00 A1 60 0A AB",
            "AA C5 08 00 02 00 A1 60 0B AB")) {
      Sds011Frame frame = only(Sds011Frame.scan(hex(example)));
      assertThat(frame.kind()).as(example).isEqualTo(Sds011Frame.ANSWER);
      assertThat(frame.chip()).as(example).isEqualTo(0xA160);
    }
  }

  // Java's bytes are signed; every data byte here is above 0x7F.
  @Test
  void bytesAreUnsigned() {
    Sds011Frame frame = only(Sds011Frame.scan(hex("AA C0 FF 82 F0 81 FE FD ED AB")));

    assertThat(frame.pm25Tenths()).isEqualTo(0x82FF);
    assertThat(frame.pm10Tenths()).isEqualTo(0x81F0);
    assertThat(frame.chip()).isEqualTo(0xFEFD);
  }

  // Each byte of the frame in turn, each bit of it: a frame with one wrong bit is no frame.
  @Test
  void oneWrongBitAnywhereIsNoticed() {
    for (int bit = 0; bit < DATA.length * 8; bit++) {
      byte[] wrong = DATA.clone();
      wrong[bit / 8] ^= (byte) (1 << bit % 8);
      if (bit / 8 == 1 && (wrong[1] & 0xff) == Sds011Frame.ANSWER) {
        continue; // the kind is not in the checksum
      }
      assertThat(Sds011Frame.scan(wrong).frames()).as("bit " + bit).isEmpty();
    }
  }

  @Test
  void theKindIsNotInTheChecksumButMustBeKnown() {
    byte[] unknownKind = DATA.clone();
    unknownKind[1] = (byte) 0xC1;

    assertThat(Sds011Frame.scan(unknownKind).frames()).isEmpty();
    assertThat(Sds011Frame.scan(DATA).frames()).hasSize(1);
  }

  @Test
  void whereverTheStreamIsCutTheFramesAreTheSame() {
    byte[] stream = Streams.join(DATA, ANSWER, hex("00 AA"), DATA, hex("AA C0 01"), ANSWER);
    List<Sds011Frame> whole = Streams.scan(Sds011Frame::scan, List.of(stream));

    assertThat(whole).hasSize(4);
    for (int place = 0; place <= stream.length; place++) {
      assertThat(Streams.scan(Sds011Frame::scan, Streams.cutAt(stream, place)))
          .as("cut at " + place)
          .isEqualTo(whole);
    }
    assertThat(Streams.scan(Sds011Frame::scan, Streams.crumbs(stream))).isEqualTo(whole);
  }

  // The worst place for noise: what looks like the beginning of a frame, right before one.
  @Test
  void aHeadInTheNoiseDoesNotSwallowTheFrameBehindIt() {
    for (int length = 1; length < DATA.length; length++) {
      byte[] stream = Streams.join(Arrays.copyOf(DATA, length), DATA);

      Scan<Sds011Frame> scan = Sds011Frame.scan(stream);

      assertThat(scan.frames()).as(length + " bytes of a frame before it").hasSize(1);
      assertThat(scan.noise()).isEqualTo(length);
    }
  }

  @Test
  void noiseBetweenFramesIsCountedAndCostsNone() {
    byte[] noise = hex("00 FF AB AA 13 C0");
    Scan<Sds011Frame> scan = Sds011Frame.scan(Streams.join(noise, DATA, noise, DATA, noise));

    assertThat(scan.frames()).hasSize(2);
    assertThat(scan.noise()).isEqualTo(3 * noise.length);
  }

  @Test
  void whateverArrivesItReturnsAndFindsTheNextFrame() {
    Random random = new Random(20261123);
    for (int i = 0; i < GARBAGE_INPUTS; i++) {
      byte[] garbage = garbage(random);
      List<byte[]> pieces = new ArrayList<>(Streams.cutAt(garbage, random.nextInt(garbage.length)));
      pieces.add(DATA);

      List<Sds011Frame> frames = Streams.scan(Sds011Frame::scan, pieces);

      assertThat(frames).as("input " + i).isNotEmpty();
      assertThat(frames.get(frames.size() - 1).pm25Tenths()).as("input " + i).isEqualTo(1236);
    }
  }

  @Test
  void whatIsLeftForTheNextScanIsNeverAWholeFrameLong() {
    Random random = new Random(7);
    for (int i = 0; i < GARBAGE_INPUTS; i++) {
      byte[] garbage = garbage(random);
      Scan<Sds011Frame> scan = Sds011Frame.scan(garbage);

      assertThat(garbage.length - scan.consumed()).isBetween(0, DATA.length - 1);
      assertThat(scan.noise() + scan.frames().size() * DATA.length).isEqualTo(scan.consumed());
    }
  }

  /** Random bytes with a liking for those that mean something, and truncated frames. */
  private static byte[] garbage(Random random) {
    byte[] bytes = new byte[1 + random.nextInt(60)];
    random.nextBytes(bytes);
    byte[] meaningful = hex("AA C0 C5 AB");
    for (int i = 0; i < bytes.length; i++) {
      if (random.nextInt(3) == 0) {
        bytes[i] = meaningful[random.nextInt(meaningful.length)];
      }
    }
    return Streams.join(bytes, Arrays.copyOf(DATA, random.nextInt(DATA.length)));
  }

  private static Sds011Frame only(Scan<Sds011Frame> scan) {
    assertThat(scan.frames()).hasSize(1);
    assertThat(scan.noise()).isZero();
    return scan.frames().get(0);
  }

  private static byte[] hex(String text) {
    return HexFormat.ofDelimiter(" ").parseHex(text);
  }
}
