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
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The kernel's bmp280 driver over Bosch's example calibration (BST-BMP280-DS001, 3.12). */
class IioContractTest implements PolledContract<Sysfs> {

  private static final String BMP280 = "/sys/devices/i2c-1/1-0076/iio:device0";

  @Override
  public DeviceKind<Sysfs> kind() {
    return new Iio();
  }

  @Override
  public FakeBus<Sysfs> healthy() {
    return new ScriptedSysfs()
        .file(BMP280 + "/name", "bmp280\n")
        .file(BMP280 + "/in_temp_input", "25080\n")
        .file(BMP280 + "/in_pressure_input", "100.653253906\n")
        .link("/sys/bus/iio/devices/iio:device0", BMP280);
  }

  /** ABI: milli °C; kPa, of which one is 10 hPa. */
  @Override
  public Golden golden() {
    return Golden.results().number("temp", 25.08, 0).number("pressure", 1006.53253906, 1e-9);
  }

  @Override
  public Integrity integrity() {
    return Integrity.none("text between kernel and program; the chip's bytes are the driver's");
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("name", "bmp280");
  }

  @Override
  public Set<String> outputsNotGiven() {
    return others(Set.of("temp", "pressure")::contains);
  }

  @Override
  public Set<String> optionsOfAnyText() {
    return Set.of("name", "at");
  }

  private Set<String> others(Predicate<String> given) {
    return kind().description().outputs().stream()
        .map(Output::name)
        .filter(given.negate())
        .collect(Collectors.toSet());
  }
}
