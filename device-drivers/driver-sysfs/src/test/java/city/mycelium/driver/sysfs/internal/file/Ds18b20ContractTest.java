package city.mycelium.driver.sysfs.internal.file;

import city.mycelium.api.device.DeviceKind;
import city.mycelium.api.device.Sysfs;
import city.mycelium.driver.kit.FakeBus;
import city.mycelium.driver.kit.Golden;
import city.mycelium.driver.kit.Integrity;
import city.mycelium.driver.kit.PolledContract;
import city.mycelium.driver.kit.ScriptedSysfs;
import java.util.Map;

class Ds18b20ContractTest implements PolledContract<Sysfs> {

  private static final String ID = "28-0316a2795bff";

  @Override
  public DeviceKind<Sysfs> kind() {
    return new Ds18b20();
  }

  @Override
  public FakeBus<Sysfs> healthy() {
    return new ScriptedSysfs()
        .file("/sys/bus/w1/devices/w1_bus_master1/w1_master_slaves", ID + "\n")
        .file(
            "/sys/bus/w1/devices/" + ID + "/w1_slave",
            Ds18b20Test.w1Slave("72 01 4b 46 7f ff 0e 10 57", "YES", 23125));
  }

  /** 0x0172 sixteenths of a degree: 370 / 16 = 23.125. */
  @Override
  public Golden golden() {
    return Golden.results().number("temperature", 23.125, 0);
  }

  @Override
  public Integrity integrity() {
    return Integrity.full("CRC-8 over the scratchpad, and its bytes beside the temperature");
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("id", ID);
  }
}
