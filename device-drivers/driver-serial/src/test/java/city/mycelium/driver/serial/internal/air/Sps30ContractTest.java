package city.mycelium.driver.serial.internal.air;

import city.mycelium.api.device.SerialSensor;
import city.mycelium.driver.kit.FrameDeviceContract;
import city.mycelium.driver.kit.Golden;
import city.mycelium.driver.kit.Integrity;
import city.mycelium.driver.serial.internal.Hex;
import java.util.List;

/**
 * Commands, and the answers to start and status: SPS 5.3, examples. The measured values are IEEE
 * 754 floats put together by hand, with each of the octets that are stuffed: 41110000 is 9.0625
 * (1.1328125 times 8), 41130000 is 9.1875, 417E0000 is 15.875, 417D0000 is 15.8125. The octets
 * before stuffing add up to 0x629, so the checksum is the inverse of 29.
 */
class Sps30ContractTest implements FrameDeviceContract {

  @Override
  public SerialSensor kind() {
    return new Sps30();
  }

  @Override
  public byte[] goldenStream() {
    return Hex.bytes(
        "7E 00 00 00 00 FF 7E"
            + "7E 00 D2 00 05 00 00 00 00 00 28 7E"
            + "7E 00 03 00 28 3F 80 00 00 41 7D 31 00 00 41 7D 33 00 00 41 7D 5E 00 00 41 7D 5D 00"
            + "00 41 A2 00 00 41 88 00 00 41 8C 00 00 42 22 00 00 3F 00 00 00 D6 7E");
  }

  @Override
  public List<Golden> golden() {
    return List.of(
        Golden.results()
            .number("PM1", 1.0, 0)
            .number("PM2.5", 9.0625, 0)
            .number("PM4", 9.1875, 0)
            .number("PM10", 15.875, 0)
            .number("N0.5", 15.8125, 0)
            .number("N1.0", 20.25, 0)
            .number("N2.5", 17.0, 0)
            .number("N4.0", 17.5, 0)
            .number("N10", 40.5, 0));
  }

  @Override
  public Integrity integrity() {
    return Integrity.full("flags, stuffing, length, inverted sum");
  }

  @Override
  public List<String> goldenSaid() {
    return List.of(
        "7E 00 00 02 01 03 F9 7E",
        "7E 00 D2 01 00 2C 7E",
        "7E 00 03 00 FC 7E",
        "7E 00 01 00 FE 7E");
  }
}
