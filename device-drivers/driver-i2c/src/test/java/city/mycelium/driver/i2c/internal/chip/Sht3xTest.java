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
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * By the formulas of data sheet SHT3x-DIS, 4.13: 0x6666 is 26214, -45 + 175 * 26214 / 65535 = 25.00
 * °C; 0x8000 is 32768, 100 * 32768 / 65535 = 50.001 %. Status after a reset: 0x8010 (table 18).
 * CRCs calculated apart from our code, by the table method with polynomial 0x31.
 */
class Sht3xTest implements I2cChipContract {

  @Override
  public I2cChip kind() {
    return new Sht3x();
  }

  @Override
  public ScriptedI2c healthy() {
    return new ScriptedI2c()
        .answers("F3 2D", "80 10 E1")
        .answers("24 00", Duration.ofNanos(15_500_000), "66 66 93 80 00 A2"); // table 4
  }

  @Override
  public Golden golden() {
    return Golden.results().number("temperature", 25.0, 0.0005).number("humidity", 50.001, 0.0005);
  }

  @Override
  public Integrity integrity() {
    return Integrity.full("CRC-8 over each word");
  }

  @Test
  void clearsWhatAnEarlierCommandLeftBehind() throws DeviceException {
    ScriptedI2c chip = healthy().answers("F3 2D", "00 03 D2").takes("30 41");
    assertThat(Readout.of(kind(), chip, Map.of())).hasSize(2);
    assertThat(chip.unasked()).isEmpty();
  }
}
