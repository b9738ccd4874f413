package city.mycelium.driver.serial.internal.air;

import city.mycelium.api.device.SerialSensor;
import city.mycelium.driver.kit.FrameDeviceContract;
import city.mycelium.driver.kit.Golden;
import city.mycelium.driver.kit.Integrity;
import city.mycelium.driver.serial.internal.Hex;
import java.util.List;
import java.util.Map;

/**
 * Golden bytes: the examples of the manual, sections "Read CO2 concentration" and
 * "Self-calibration".
 */
class MhZ19bContractTest implements FrameDeviceContract {

  @Override
  public SerialSensor kind() {
    return new MhZ19b();
  }

  @Override
  public byte[] goldenStream() {
    return Hex.bytes("FF 86 02 60 47 00 00 00 D1");
  }

  @Override
  public List<Golden> golden() {
    return List.of(Golden.results().number("CO2", 608, 0));
  }

  @Override
  public Integrity integrity() {
    return Integrity.full("start octet, command, negated sum");
  }

  @Override
  public List<String> goldenSaid() {
    return List.of("FF 01 79 A0 00 00 00 00 E6", "FF 01 86 00 00 00 00 00 79");
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("selfCalibration", "on");
  }
}
