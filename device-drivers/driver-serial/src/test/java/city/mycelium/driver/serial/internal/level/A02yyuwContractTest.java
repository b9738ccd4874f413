package city.mycelium.driver.serial.internal.level;

import city.mycelium.api.device.SerialSensor;
import city.mycelium.driver.kit.FrameDeviceContract;
import city.mycelium.driver.kit.Golden;
import city.mycelium.driver.kit.Integrity;
import city.mycelium.driver.serial.internal.Hex;
import java.util.List;
import java.util.Map;

/**
 * The example of the wiki page, "UART output": FF + 07 + A1 = 1A7, and 0x07A1 is 1953 mm. A sensor
 * 2.5 m above the datum is then 0.547 m above the water.
 */
class A02yyuwContractTest implements FrameDeviceContract {

  @Override
  public SerialSensor kind() {
    return new A02yyuw();
  }

  @Override
  public byte[] goldenStream() {
    return Hex.bytes("FF 07 A1 A7");
  }

  @Override
  public List<Golden> golden() {
    return List.of(Golden.results().number("distance", 1953, 0).number("water-level", 0.547, 1e-9));
  }

  @Override
  public Integrity integrity() {
    return Integrity.full("head, sum, range");
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("mountingHeightMillimetres", "2500");
  }
}
