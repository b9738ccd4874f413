package city.mycelium.driver.serial.internal.level;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.observation.Result;
import city.mycelium.driver.serial.internal.Hex;
import city.mycelium.driver.serial.internal.Told;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a distance means where the sensor is mounted. */
class LevelTest {

  /** 1953 mm, as in the wiki page of the A02YYUW. */
  private static final byte[] A02_1953 = Hex.bytes("FF 07 A1 A7");

  @Test
  void withoutAHeightThereIsTheDistanceOnly() throws DeviceException {
    assertThat(new Told(new A02yyuw(), Map.of()).by(A02_1953))
        .containsExactly(Map.entry("distance", new Result.Measurement(1953)));
  }

  @Test
  void aFullOrAnEmptyBinStaysWithinAHundredPercent() throws DeviceException {
    Map<String, String> fullBefore =
        Map.of("mountingHeightMillimetres", "3000", "fullAtMillimetres", "2000");
    Map<String, String> lowerThanItsBottom =
        Map.of("mountingHeightMillimetres", "1900", "fullAtMillimetres", "300");

    assertThat(new Told(new A02yyuw(), fullBefore).by(A02_1953))
        .containsEntry("fill-level", new Result.Measurement(100))
        .containsEntry("distance", new Result.Measurement(1953));
    assertThat(new Told(new A02yyuw(), lowerThanItsBottom).by(A02_1953))
        .containsEntry("fill-level", new Result.Measurement(0));
  }

  // Below its datum a water level is negative.
  @Test
  void waterMayStandBelowTheDatum() throws DeviceException {
    assertThat(new Told(new A02yyuw(), Map.of("mountingHeightMillimetres", "1000")).by(A02_1953))
        .containsEntry("water-level", new Result.Measurement(-0.953));
  }

  // FF + 00 + 1E = 11D: 30 mm is where it is blind. FF + 11 + 95 = 1A5: 4501 mm it never says.
  @Test
  void whatAnA02yyuwCannotSeeIsNoDistance() throws DeviceException {
    Told sensor = new Told(new A02yyuw(), Map.of());

    assertThatThrownBy(() -> sensor.by(Hex.bytes("FF 00 1E 1D")))
        .hasMessageContaining("3 to 450 cm");
    assertThat(sensor.by(Hex.bytes("FF 11 95 A5"))).isEmpty();
    assertThat(sensor.by(Hex.bytes("FF 11 94 A4"))).as("control: 4500 mm").hasSize(1);
  }

  @Test
  void aMaxBotixIsAskedForTheMedianOfFive() throws DeviceException {
    Told sensor = new Told(new MaxBotix(), Map.of());

    assertThat(sensor.by(ascii("R1230\rR1238\rR4999\rR1236\r"))).isEmpty();
    assertThat(sensor.by(ascii("R1234\r")))
        .containsExactly(Map.entry("distance", new Result.Measurement(1236)));
    assertThat(sensor.by(ascii("R0300\r")))
        .containsExactly(Map.entry("distance", new Result.Measurement(1236)));
  }

  @Test
  void aMaxBotixThatSeesNothingSaysSo() throws DeviceException {
    Told sensor = new Told(new MaxBotix(), Map.of());
    Told ofTenMetres = new Told(new MaxBotix(), Map.of("nothingAtMillimetres", "9999"));

    assertThatThrownBy(() -> sensor.by(ascii("R5000\r".repeat(5))))
        .hasMessageContaining("within its range");
    assertThat(ofTenMetres.by(ascii("R5000\r".repeat(5)))).hasSize(1);
  }

  @Test
  void aBinThatIsFullBelowItsBottomIsRefused() {
    assertThatThrownBy(
            () ->
                new Told(
                    new MaxBotix(),
                    Map.of("mountingHeightMillimetres", "300", "fullAtMillimetres", "300")))
        .hasMessageContaining("less than mountingHeightMillimetres");
    assertThatThrownBy(() -> new Told(new A02yyuw(), Map.of("fullAtMillimetres", "300")))
        .hasMessageContaining("less than mountingHeightMillimetres");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
