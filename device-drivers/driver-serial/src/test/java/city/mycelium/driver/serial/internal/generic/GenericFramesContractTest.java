package city.mycelium.driver.serial.internal.generic;

import city.mycelium.api.device.SerialSensor;
import city.mycelium.driver.kit.FrameDeviceContract;
import city.mycelium.driver.kit.Golden;
import city.mycelium.driver.kit.Integrity;
import city.mycelium.driver.serial.internal.Hex;
import java.util.List;
import java.util.Map;

/**
 * The frame of {@code PmsContractTest}, described instead of programmed: PM2.5 is data 5, at octet
 * 12.
 */
class GenericFramesContractTest implements FrameDeviceContract {

  @Override
  public SerialSensor kind() {
    return new GenericFrames();
  }

  @Override
  public byte[] goldenStream() {
    return Hex.bytes(
        "42 4D 00 1C 00 03 00 04 00 07 00 04 00 05 00 08 03 1B 00 F9 00 1B 00 06 00 03 00 03 9A 00"
            + " 02 A2");
  }

  @Override
  public List<Golden> golden() {
    return List.of(Golden.results().number("PM2.5", 5, 0).number("N0.3", 7.95, 1e-9));
  }

  @Override
  public Integrity integrity() {
    return Integrity.full("header, 16-bit sum");
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        "header", "42 4D 00 1C",
        "length", "32",
        "checksum", "sum16",
        "outputs",
            "PM2.5 PM2.5 ug/m3 at=12 type=u16be\n"
                + "N0.3 particle-number /cm3 at=16 type=u16be factor=0.01");
  }
}
