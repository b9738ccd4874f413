package city.mycelium.driver.kit;

import city.mycelium.api.device.I2cChip;
import java.time.Duration;

/** A driver that is right passes, with a protected device. */
class HygrometerContractTest implements I2cChipContract {

  @Override
  public I2cChip kind() {
    return new HygrometerWithCrc();
  }

  /** CRC-8, polynomial 31, initial FF: BE EF gives 92 (Sensirion SHT4x data sheet 4.4). */
  @Override
  public ScriptedI2c healthy() {
    return new ScriptedI2c()
        .answers("89", "BE EF 92")
        .answers("FD", Duration.ofMillis(8), "66 66 93");
  }

  /** 0x6666 is 0.4 of 0xFFFF: -45 + 175 * 0.4 = 25. */
  @Override
  public Golden golden() {
    return Golden.results().number("temperature", 25, 1e-9);
  }

  @Override
  public Integrity integrity() {
    return Integrity.full("CRC-8 over each word");
  }
}
