package city.mycelium.driver.serial.internal.sds011;

import city.mycelium.api.device.SerialSensor;
import city.mycelium.driver.kit.FrameDeviceContract;
import city.mycelium.driver.kit.Golden;
import city.mycelium.driver.kit.Integrity;
import city.mycelium.driver.serial.internal.Hex;
import java.util.List;

/** Golden bytes: LDSCP V1.3, the examples of 3.2, 3.4 and 3.5, sent to FFFF. */
class Sds011ContractTest implements FrameDeviceContract {

  @Override
  public SerialSensor kind() {
    return new Sds011();
  }

  @Override
  public byte[] goldenStream() {
    return Hex.bytes("AA C0 D4 04 3A 0A A1 60 1D AB");
  }

  @Override
  public List<Golden> golden() {
    return List.of(Golden.results().number("PM2.5", 123.6, 0.05).number("PM10", 261.8, 0.05));
  }

  @Override
  public Integrity integrity() {
    return Integrity.full("head, kind, sum over the data, tail");
  }

  @Override
  public List<String> goldenSaid() {
    return List.of(
        "AA B4 06 01 01 00 00 00 00 00 00 00 00 00 00 FF FF 06 AB",
        "AA B4 08 01 00 00 00 00 00 00 00 00 00 00 00 FF FF 07 AB",
        "AA B4 02 01 01 00 00 00 00 00 00 00 00 00 00 FF FF 02 AB",
        "AA B4 06 01 01 00 00 00 00 00 00 00 00 00 00 FF FF 06 AB",
        "AA B4 04 00 00 00 00 00 00 00 00 00 00 00 00 FF FF 02 AB",
        "AA B4 06 01 00 00 00 00 00 00 00 00 00 00 00 FF FF 05 AB",
        "AA B4 06 01 00 00 00 00 00 00 00 00 00 00 00 FF FF 05 AB");
  }
}
