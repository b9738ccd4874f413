package city.mycelium.driver.i2c.internal.chip;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.I2cChip;
import city.mycelium.driver.kit.Golden;
import city.mycelium.driver.kit.I2cChipContract;
import city.mycelium.driver.kit.Integrity;
import city.mycelium.driver.kit.Readout;
import city.mycelium.driver.kit.ScriptedI2c;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * By the formulas of data sheet SHT4x, 4.6: 0x6666 is 26214, -45 + 175 * 26214 / 65535 = 25.00 °C;
 * 0x8000 is 32768, -6 + 125 * 32768 / 65535 = 56.501 %. CRCs calculated apart from our code, by the
 * table method with polynomial 0x31.
 */
class Sht4xTest implements I2cChipContract {

  @Override
  public I2cChip kind() {
    return new Sht4x();
  }

  @Override
  public ScriptedI2c healthy() {
    return answering("66 66 93 80 00 A2");
  }

  private static ScriptedI2c answering(String measurement) {
    return new ScriptedI2c()
        .answers("89", "0F 1E 44 2D 3C A5")
        .answers("FD", Duration.ofNanos(8_300_000), measurement); // table 4
  }

  @Override
  public Golden golden() {
    return Golden.results().number("temperature", 25.0, 0.0005).number("humidity", 56.501, 0.0005);
  }

  @Override
  public Integrity integrity() {
    return Integrity.full("CRC-8 over each word");
  }

  @Test
  void cutsHumidityToWhatCanBe() throws DeviceException {
    assertThat(Readout.number(kind(), answering("66 66 93 00 00 81"), "humidity")).isZero();
    assertThat(Readout.number(kind(), answering("66 66 93 FF FF AC"), "humidity")).isEqualTo(100);
  }

  /** The ends of its range: 4.6. */
  @Test
  void goesFrom45BelowTo130() throws DeviceException {
    assertThat(Readout.number(kind(), answering("00 00 81 80 00 A2"), "temperature"))
        .isEqualTo(-45);
    assertThat(Readout.number(kind(), answering("FF FF AC 80 00 A2"), "temperature"))
        .isEqualTo(130);
  }
}
