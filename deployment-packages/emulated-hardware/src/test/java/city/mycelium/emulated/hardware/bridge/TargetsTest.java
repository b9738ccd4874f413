package city.mycelium.emulated.hardware.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The chips behind the bridge, by what their datasheets print. */
class TargetsTest {

  @Test
  void anSht31MeasuresOncePerCommand() {
    Sht31 chip = new Sht31();

    assertThat(chip.read(6)).isEmpty();
    chip.write(new byte[] {0x24, 0x00});
    assertThat(HexFormat.of().formatHex(chip.read(6))).isEqualTo("beef92beef92");
    assertThat(chip.read(6)).isEmpty();
  }

  @Test
  void anSht31TellsItsStatus() {
    Sht31 chip = new Sht31();

    chip.write(new byte[] {(byte) 0xF3, 0x2D});

    assertThat(HexFormat.of().formatHex(chip.read(3))).isEqualTo("000081");
  }

  @Test
  void aBh1750SeesNothingBeforeItIsSwitchedOn() {
    Bh1750 chip = new Bh1750();

    assertThat(chip.read(2)).containsExactly(0, 0);
    chip.write(new byte[] {0x20});
    assertThat(HexFormat.of().formatHex(chip.read(2))).isEqualTo("8390");
  }

  /** BST-BME280-DS002, 3.3.3: after a measurement in forced mode it sleeps again. */
  @Test
  void aBme280GoesBackToSleepAndReadsOnToTheNextRegister() {
    Bme280 chip = new Bme280(Map.of(0xD0, "60", 0xF7, "655ac0"));

    chip.write(new byte[] {(byte) 0xF4, 0x25});
    chip.write(new byte[] {(byte) 0xF4});
    assertThat(HexFormat.of().formatHex(chip.read(6))).isEqualTo("240000655ac0");
    chip.write(new byte[] {(byte) 0xD0});
    assertThat(chip.read(1)).containsExactly(0x60);
  }
}
