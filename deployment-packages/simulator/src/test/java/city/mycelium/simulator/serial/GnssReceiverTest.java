package city.mycelium.simulator.serial;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GnssReceiverTest {

  private static final long NOW = Instant.parse("2026-11-23T15:04:05.060Z").toEpochMilli();

  private final GnssReceiver receiver = new GnssReceiver(52.8, -5.35, new Random(1));

  @Test
  void saysThatItHasNoFixYet() {
    List<String> sentences = second();

    assertThat(sentences.get(0)).startsWith("$GPRMC,150405.06,V,,,,,,,231126,");
    assertThat(sentences.get(1)).startsWith("$GPGGA,150405.06,,,,,0,00,");
  }

  @Test
  void thenSaysTimeAndPlaceInBothSentences() {
    warmUp();
    List<String> sentences = second();

    assertThat(sentences).hasSize(2);
    assertThat(sentences.get(0))
        .matches(
            "\\$GPRMC,150405\\.06,A,5248\\.\\d{5},N,0052[01]\\.\\d{5},W,"
                + "\\d+\\.\\d+,\\d+\\.\\d+,231126,,,A\\*[0-9A-F]{2}");
    assertThat(sentences.get(1))
        .matches(
            "\\$GPGGA,150405\\.06,5248\\.\\d{5},N,0052[01]\\.\\d{5},W,1,\\d\\d,"
                + "\\d\\.\\d\\d,-?\\d+\\.\\d,M,45\\.6,M,,\\*[0-9A-F]{2}");
  }

  /** The example of the standard's own notation, checked with the same rule. */
  @Test
  void everySentenceHasTheRightSum() {
    assertThat(xor("GPGLL,5057.970,N,00146.110,E,142451,A")).isEqualTo("27");
    warmUp();
    for (int i = 0; i < 100; i++) {
      assertThat(second())
          .allSatisfy(
              sentence ->
                  assertThat(sentence.substring(sentence.indexOf('*') + 1))
                      .isEqualTo(xor(sentence.substring(1, sentence.indexOf('*')))));
    }
  }

  @Test
  void movesALittleAndNeverFar() {
    warmUp();
    List<String> places =
        java.util.stream.IntStream.range(0, 300)
            .mapToObj(i -> second().get(0).split(",")[3])
            .toList();

    assertThat(places.stream().distinct().count()).isGreaterThan(50);
    assertThat(places)
        .allSatisfy(
            place -> {
              double minutes = 52 * 60 + Double.parseDouble(place.substring(2));
              assertThat(Math.abs(minutes - 52.8 * 60)).isLessThan(0.01);
            });
  }

  private void warmUp() {
    for (int i = 0; i < 10; i++) {
      second();
    }
  }

  private List<String> second() {
    return new String(receiver.eachSecond(NOW), StandardCharsets.US_ASCII).lines().toList();
  }

  private static String xor(String sentence) {
    return String.format("%02X", sentence.chars().reduce(0, (a, b) -> a ^ b));
  }
}
