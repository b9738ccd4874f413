package city.mycelium.driver.kit;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceState;
import city.mycelium.api.device.I2c;
import city.mycelium.api.device.I2cChip;
import city.mycelium.driver.kit.Findings.Line;
import city.mycelium.driver.kit.Findings.Outcome;
import org.junit.jupiter.api.Test;

/** What every chip on an I²C bus does, beside what every device does that is asked. */
public interface I2cChipContract extends PolledContract<I2c> {

  @Override
  I2cChip kind();

  @Override
  ScriptedI2c healthy();

  /**
   * UM10204 3.1.12: the rest is reserved. On a bus of SMBus only it works, or says that it can't.
   */
  @Test
  default void hasAddressesAndKnowsWhetherSmbusIsEnough(Findings findings) throws DeviceException {
    Trying<I2c> trying = new Trying<>(this, findings);
    try (Line line = findings.begin(Trial.BUS)) {
      assertThat(kind().addresses()).as("addresses").isNotEmpty();
      for (int address : kind().addresses()) {
        assertThat(address).as("address").isBetween(0x08, 0x77);
        line.count(Outcome.HELD);
      }
      try {
        golden().hold(trying.results(healthy().onSmbus(), settings()));
        line.remark("works on SMBus too");
      } catch (DeviceException e) {
        assertThat(e.state()).as("state on a bus of SMBus only").isEqualTo(DeviceState.CONFIG);
        line.remark("needs plain I²C, and says so on SMBus");
      }
      line.count(Outcome.HELD);
      line.pass();
    }
  }
}
