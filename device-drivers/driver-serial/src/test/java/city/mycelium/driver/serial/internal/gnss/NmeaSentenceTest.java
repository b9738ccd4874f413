package city.mycelium.driver.serial.internal.gnss;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.device.Scan;
import city.mycelium.driver.serial.internal.Streams;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Golden sentences are examples of "NMEA Revealed" 2.24 (gpsd), and of u-blox's public receiver
 * description (4717.11399 north, 833.91590 east).
 */
class NmeaSentenceTest {

  private static final byte[] GGA =
      Nmea.ascii("$GNGGA,001043.00,4404.14036,N,12118.85961,W,1,12,0.98,1113.0,M,-21.3,M,,*47\r\n");
  private static final byte[] RMC =
      Nmea.ascii("$GNRMC,001031.00,A,4404.13993,N,12118.86023,W,0.146,,100117,,,A*7B\r\n");
  private static final byte[] UBLOX_GGA =
      Nmea.ascii("$GPGGA,092725.00,4717.11399,N,00833.91590,E,1,8,1.01,499.6,M,48.0,M,,0*5B\r\n");
  private static final byte[] UBLOX_RMC =
      Nmea.ascii("$GPRMC,083559.00,A,4717.11437,N,00833.91522,E,0.004,77.52,091202,,,A*57\r\n");

  private static final int GARBAGE_INPUTS = 10_000;

  @Test
  void theExamplesOfTheDocumentsAreRead() {
    Scan<NmeaSentence> scan = NmeaSentence.scan(Streams.join(GGA, RMC, UBLOX_GGA, UBLOX_RMC));

    assertThat(scan.frames())
        .extracting(NmeaSentence::address)
        .containsExactly("GNGGA", "GNRMC", "GPGGA", "GPRMC");
    assertThat(scan.noise()).isZero();
    assertThat(scan.frames().get(0).fields())
        .containsExactly(
            "001043.00",
            "4404.14036",
            "N",
            "12118.85961",
            "W",
            "1",
            "12",
            "0.98",
            "1113.0",
            "M",
            "-21.3",
            "M",
            "",
            "");
  }

  @Test
  void onlyTheSentencesOfSatelliteReceiversAreMeant() {
    assertThat(only("GPRMC,").is("RMC")).isTrue();
    assertThat(only("GNRMC,").is("RMC")).isTrue();
    assertThat(only("GLRMC,").is("RMC")).isTrue();
    assertThat(only("GARMC,").is("RMC")).isTrue();
    assertThat(only("GBRMC,").is("RMC")).isTrue();
    assertThat(only("IIRMC,").is("RMC")).isFalse();
    assertThat(only("GPRMB,").is("RMC")).isFalse();
    assertThat(only("PUBX,00").is("RMC")).isFalse();
    assertThat(only(",").is("RMC")).isFalse();
  }

  @Test
  void oneWrongBitInTheSentenceIsNoticed() {
    int checked = UBLOX_GGA.length - 2;
    for (int bit = 0; bit < checked * 8; bit++) {
      byte[] wrong = UBLOX_GGA.clone();
      wrong[bit / 8] ^= (byte) (1 << bit % 8);
      String was = new String(wrong, StandardCharsets.ISO_8859_1);
      if (was.contains("*5b")) {
        continue; // the same checksum in a small letter
      }
      assertThat(NmeaSentence.scan(wrong).frames()).as("bit " + bit).isEmpty();
    }
    assertThat(NmeaSentence.scan(UBLOX_GGA).frames()).hasSize(1);
  }

  // Mandatory, or a line with noise in it would pass.
  @Test
  void aSentenceWithoutChecksumIsNone() {
    assertThat(NmeaSentence.scan(Nmea.ascii("$GPRMC,083559.00,A\r\n")).frames()).isEmpty();
    assertThat(NmeaSentence.scan(Nmea.ascii("$GPRMC,083559.00,A*\r\n")).frames()).isEmpty();
    assertThat(NmeaSentence.scan(Nmea.ascii("$*00\r\n")).frames()).hasSize(1);
    assertThat(NmeaSentence.scan(Nmea.ascii("$\r\n")).frames()).isEmpty();
  }

  @Test
  void whereverTheStreamIsCutTheSentencesAreTheSame() {
    byte[] stream =
        Streams.join(GGA, Nmea.ascii("$GPG"), RMC, new byte[] {0, -1, '$', '*'}, UBLOX_RMC);
    List<NmeaSentence> whole = Streams.scan(NmeaSentence::scan, List.of(stream));

    assertThat(whole).hasSize(3);
    for (int place = 0; place <= stream.length; place++) {
      assertThat(Streams.scan(NmeaSentence::scan, Streams.cutAt(stream, place)))
          .as("cut at " + place)
          .isEqualTo(whole);
    }
    assertThat(Streams.scan(NmeaSentence::scan, Streams.crumbs(stream))).isEqualTo(whole);
  }

  // A dollar sign can only be the beginning: the one broken off before it is lost, no more.
  @Test
  void aSentenceBrokenOffCostsOnlyItself() {
    for (int length = 0; length < GGA.length - 2; length++) {
      Scan<NmeaSentence> scan =
          NmeaSentence.scan(Streams.join(RMC, Arrays.copyOf(GGA, length), RMC, UBLOX_GGA));

      assertThat(scan.frames())
          .as(length + " bytes of a sentence before it")
          .extracting(NmeaSentence::address)
          .containsExactly("GNRMC", "GNRMC", "GPGGA");
      assertThat(scan.noise()).isEqualTo(length);
    }
  }

  @Test
  void everyPrintableCharacterMayStandInASentence() {
    assertThat(only("GPTXT, ~^!").text(1)).isEqualTo(" ~^!");
    assertThat(NmeaSentence.scan(Nmea.sentence("GPTXT,\u007f")).frames()).isEmpty();
    assertThat(NmeaSentence.scan(Nmea.sentence("GPTXT,\t")).frames()).isEmpty();
  }

  // Without an end a stream must not be kept for ever.
  @Test
  void whatNeverEndsIsNoSentence() {
    byte[] endless = new byte[500];
    Arrays.fill(endless, (byte) 'x');
    endless[0] = '$';

    assertThat(NmeaSentence.scan(endless).consumed()).isEqualTo(500);
    assertThat(Streams.scan(NmeaSentence::scan, List.of(endless, GGA))).hasSize(1);
    assertThat(NmeaSentence.scan(Nmea.sentence("GPRMC," + "0".repeat(118))).frames()).hasSize(1);
    byte[] tooLong = Nmea.sentence("GPRMC," + "0".repeat(119));
    assertThat(NmeaSentence.scan(tooLong).frames()).isEmpty();
    assertThat(Streams.scan(NmeaSentence::scan, Streams.crumbs(tooLong))).isEmpty();
  }

  @Test
  void whateverArrivesItReturnsAndFindsTheNextSentence() {
    Random random = new Random(20261123);
    for (int i = 0; i < GARBAGE_INPUTS; i++) {
      byte[] garbage = garbage(random);
      List<byte[]> pieces =
          new ArrayList<>(Streams.cutAt(garbage, random.nextInt(garbage.length + 1)));
      pieces.add(UBLOX_RMC);

      List<NmeaSentence> sentences = Streams.scan(NmeaSentence::scan, pieces);

      assertThat(sentences).as("input " + i).isNotEmpty();
      NmeaSentence last = sentences.get(sentences.size() - 1);
      assertThat(last.date(9)).as("input " + i).isEqualTo(LocalDate.of(2002, 12, 9));
    }
  }

  // Right checksum, senseless fields: what a receiver with a defect, or a prankster, may send.
  @Test
  void senselessFieldsAreAbsentAndNothingIsThrown() {
    Random random = new Random(11);
    String letters = "0123456789.,,,-+NSEWAVMxé\u0660";
    for (int i = 0; i < GARBAGE_INPUTS; i++) {
      List<String> fields = new ArrayList<>();
      for (int f = random.nextInt(16); f > 0; f--) {
        StringBuilder field = new StringBuilder();
        for (int c = random.nextInt(10); c > 0; c--) {
          field.append(letters.charAt(random.nextInt(letters.length())));
        }
        fields.add(field.toString());
      }
      for (String type : List.of("GPRMC", "GPGGA")) {
        NmeaSentence sentence = new NmeaSentence(type, fields);
        Rmc.of(sentence).ifPresent(Rmc::utc);
        assertThat(Rmc.of(sentence).isPresent() || Gga.of(sentence).isPresent()).isTrue();
      }
    }
  }

  @Test
  void aTimeOfDayIsMillisecondsSinceMidnight() {
    assertThat(only("GPRMC,083559.00").timeOfDay(1)).hasValue(30_959_000);
    assertThat(only("GPRMC,000000").timeOfDay(1)).hasValue(0);
    assertThat(only("GPRMC,235959.9").timeOfDay(1)).hasValue(86_399_900);
    assertThat(only("GPRMC,235959.1239").timeOfDay(1)).hasValue(86_399_123);
    assertThat(only("GPRMC,235960.00").timeOfDay(1)).as("a leap second").hasValue(86_400_000);
    for (String wrong : List.of("", "240000", "236000", "12345", "1234567", "12:34:56", "-10000")) {
      assertThat(only("GPRMC," + wrong).timeOfDay(1)).as(wrong).isEmpty();
    }
  }

  @Test
  void aDateIsOfThisCentury() {
    assertThat(only("GPRMC,231126").date(1)).isEqualTo(LocalDate.of(2026, 11, 23));
    for (String wrong : List.of("", "320126", "011326", "290227", "2311", "23-11-26")) {
      assertThat(only("GPRMC," + wrong).date(1)).as(wrong).isNull();
    }
  }

  @Test
  void anAngleIsDegreesAndMinutes() {
    assertThat(only("GPGGA,4717.11399,N").angle(1, 'N', 'S', 90).getAsDouble())
        .isEqualTo(47 + 17.11399 / 60);
    assertThat(only("GPGGA,12118.85961,W").angle(1, 'E', 'W', 180).getAsDouble())
        .isEqualTo(-(121 + 18.85961 / 60));
    assertThat(only("GPGGA,0000.0,S").angle(1, 'N', 'S', 90).getAsDouble()).isZero();
    assertThat(only("GPGGA,9000.0,S").angle(1, 'N', 'S', 90)).hasValue(-90);
    for (String wrong :
        List.of(
            ",N",
            "4717.11399,",
            "4717.11399,E",
            "9000.1,N",
            "4760.0,N",
            "17.1,N",
            "4717.1x,N",
            "-4717.1,N")) {
      assertThat(only("GPGGA," + wrong).angle(1, 'N', 'S', 90)).as(wrong).isEmpty();
    }
  }

  private static NmeaSentence only(String text) {
    List<NmeaSentence> sentences = NmeaSentence.scan(Nmea.sentence(text)).frames();
    assertThat(sentences).as(text).hasSize(1);
    return sentences.get(0);
  }

  /** Printable and other bytes, with a liking for those that mean something, and broken ends. */
  private static byte[] garbage(Random random) {
    byte[] bytes = new byte[1 + random.nextInt(200)];
    random.nextBytes(bytes);
    byte[] meaningful = Nmea.ascii("$$**,\r\n0A");
    for (int i = 0; i < bytes.length; i++) {
      if (random.nextInt(3) == 0) {
        bytes[i] = meaningful[random.nextInt(meaningful.length)];
      }
    }
    return Streams.join(bytes, Arrays.copyOf(GGA, random.nextInt(GGA.length)));
  }
}
