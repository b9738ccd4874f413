package city.mycelium.driver.sysfs.internal.file;

import city.mycelium.api.device.DeviceDescription.Output;
import city.mycelium.api.device.DeviceKind;
import city.mycelium.api.device.Sysfs;
import city.mycelium.driver.kit.FakeBus;
import city.mycelium.driver.kit.Golden;
import city.mycelium.driver.kit.Integrity;
import city.mycelium.driver.kit.PolledContract;
import city.mycelium.driver.kit.ScriptedSysfs;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** An lm75 at its power-on value of 25 °C (NXP LM75B, 7.4.3), as the kernel's driver writes it. */
class HwmonContractTest implements PolledContract<Sysfs> {

  private static final String LM75 = "/sys/devices/i2c-1/1-0048/hwmon/hwmon0";

  @Override
  public DeviceKind<Sysfs> kind() {
    return new Hwmon();
  }

  @Override
  public FakeBus<Sysfs> healthy() {
    return new ScriptedSysfs()
        .file(LM75 + "/name", "lm75\n")
        .file(LM75 + "/temp1_input", "25000\n")
        .link("/sys/class/hwmon/hwmon0", LM75);
  }

  @Override
  public Golden golden() {
    return Golden.results().number("temp1", 25, 0);
  }

  @Override
  public Integrity integrity() {
    return Integrity.none("text between kernel and program; the chip's bytes are the driver's");
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("name", "lm75");
  }

  @Override
  public Set<String> outputsNotGiven() {
    return kind().description().outputs().stream()
        .map(Output::name)
        .filter(name -> !name.equals("temp1"))
        .collect(Collectors.toSet());
  }

  @Override
  public Set<String> optionsOfAnyText() {
    return Set.of("name", "at");
  }
}
