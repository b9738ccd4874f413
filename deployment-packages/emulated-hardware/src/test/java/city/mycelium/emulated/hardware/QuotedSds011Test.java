package city.mycelium.emulated.hardware;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Nova Fitness, "Laser Dust Sensor Control Protocol" V1.3. */
class QuotedSds011Test {

  private static final byte[] QUERY =
      HexFormat.of().parseHex("aab404000000000000000000000000ffff02ab");
  private static final byte[] WORK =
      HexFormat.of().parseHex("aab406010100000000000000000000ffff06ab");

  private final QuotedSds011 sensor = new QuotedSds011();

  @Test
  void aQueryIsAnsweredByTheReportThatTheMakerPrints() {
    assertThat(HexFormat.of().formatHex(sensor.hear(QUERY, 0))).isEqualTo("aac0d4043a0aa1601dab");
  }

  @Test
  void otherCommandsAreHeardInSilence() {
    assertThat(sensor.hear(WORK, 0)).isEmpty();
    assertThat(sensor.eachSecond(0)).isEmpty();
  }

  @Test
  void aQueryMayComeInPiecesAndAfterRubbish() {
    assertThat(sensor.hear(new byte[] {1, 2, 3}, 0)).isEmpty();
    assertThat(sensor.hear(Arrays.copyOf(QUERY, 5), 0)).isEmpty();
    assertThat(sensor.hear(Arrays.copyOfRange(QUERY, 5, 19), 0)).hasSize(10);
  }
}
