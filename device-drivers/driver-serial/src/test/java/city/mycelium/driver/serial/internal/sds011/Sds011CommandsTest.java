package city.mycelium.driver.serial.internal.sds011;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Byte for byte the examples of Nova Fitness, "Laser Dust Sensor Control Protocol" V1.3. */
class Sds011CommandsTest {

  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

  private final Sds011Commands toA160 = new Sds011Commands(0xA160);
  private final Sds011Commands toAny = new Sds011Commands(Sds011Commands.ANY_CHIP);

  // 3.1, example: set the sensor with id A160 to report query mode.
  @Test
  void reportWhenAsked() {
    assertThat(HEX.formatHex(toA160.reportWhenAsked()))
        .isEqualTo("AA B4 02 01 01 00 00 00 00 00 00 00 00 00 00 A1 60 05 AB");
  }

  // 3.1: the same with data byte 3 = 0; the checksum is one less.
  @Test
  void reportOfYourOwnAccord() {
    assertThat(HEX.formatHex(toA160.reportOfYourOwnAccord()))
        .isEqualTo("AA B4 02 01 00 00 00 00 00 00 00 00 00 00 00 A1 60 04 AB");
  }

  // 3.2, first example: query data of any sensor; its sum of 0x202 is cut to 02.
  @Test
  void queryDataOfAny() {
    assertThat(HEX.formatHex(toAny.queryData()))
        .isEqualTo("AA B4 04 00 00 00 00 00 00 00 00 00 00 00 00 FF FF 02 AB");
  }

  // 3.2, second example.
  @Test
  void queryDataOfOne() {
    assertThat(HEX.formatHex(toA160.queryData()))
        .isEqualTo("AA B4 04 00 00 00 00 00 00 00 00 00 00 00 00 A1 60 05 AB");
  }

  // 3.4, example 1.
  @Test
  void sleep() {
    assertThat(HEX.formatHex(toA160.sleep()))
        .isEqualTo("AA B4 06 01 00 00 00 00 00 00 00 00 00 00 00 A1 60 08 AB");
  }

  // 3.4, example 2.
  @Test
  void work() {
    assertThat(HEX.formatHex(toA160.work()))
        .isEqualTo("AA B4 06 01 01 00 00 00 00 00 00 00 00 00 00 A1 60 09 AB");
  }

  // 3.5, example 1.
  @Test
  void workingPeriodOfAMinute() {
    assertThat(HEX.formatHex(toA160.workingPeriod(1)))
        .isEqualTo("AA B4 08 01 01 00 00 00 00 00 00 00 00 00 00 A1 60 0B AB");
  }

  // 3.5, example 2.
  @Test
  void workingPeriodOff() {
    assertThat(HEX.formatHex(toA160.workingPeriod(0)))
        .isEqualTo("AA B4 08 01 00 00 00 00 00 00 00 00 00 00 00 A1 60 0A AB");
  }

  @Test
  void whatTheSensorCannotDoIsRefused() {
    assertThat(toA160.workingPeriod(30)).hasSize(19);
    assertThatThrownBy(() -> toA160.workingPeriod(31)).hasMessageContaining("0 to 30");
    assertThatThrownBy(() -> toA160.workingPeriod(-1)).hasMessageContaining("0 to 30");
    assertThatThrownBy(() -> new Sds011Commands(0x10000)).hasMessageContaining("two bytes");
  }
}
