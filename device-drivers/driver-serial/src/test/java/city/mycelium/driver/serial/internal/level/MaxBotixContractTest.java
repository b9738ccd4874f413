package city.mycelium.driver.serial.internal.level;

import city.mycelium.api.device.SerialSensor;
import city.mycelium.driver.kit.FrameDeviceContract;
import city.mycelium.driver.kit.Golden;
import city.mycelium.driver.kit.Integrity;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Five times what the datasheet shows for "Pin 5": R, four digits, carriage return. A bin of 1500
 * mm that is full at 300 mm is 266 / 1200 full.
 */
class MaxBotixContractTest implements FrameDeviceContract {

  @Override
  public SerialSensor kind() {
    return new MaxBotix();
  }

  @Override
  public byte[] goldenStream() {
    return "R1234\r".repeat(5).getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public List<Golden> golden() {
    return List.of(
        Golden.results().number("distance", 1234, 0).number("fill-level", 22.1666667, 1e-6));
  }

  @Override
  public Integrity integrity() {
    return Integrity.full("none by the sensor: the median of five outlives any single damage");
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("mountingHeightMillimetres", "1500", "fullAtMillimetres", "300");
  }
}
