package city.mycelium.driver.serial.internal.air;

import city.mycelium.api.device.SerialSensor;
import city.mycelium.driver.kit.FrameDeviceContract;
import city.mycelium.driver.kit.Golden;
import city.mycelium.driver.kit.Integrity;
import city.mycelium.driver.serial.internal.Hex;
import java.util.List;

/**
 * What a PMS sensor said on a desk, as the readme of the RT-Thread package pmsxx prints it; the sum
 * of its first 30 octets is 0x02A2. Commands: PMS7, appendix II: 42 + 4D + E4 + 01 = 0174, and so
 * on.
 */
class PmsContractTest implements FrameDeviceContract {

  @Override
  public SerialSensor kind() {
    return new Pms();
  }

  @Override
  public byte[] goldenStream() {
    return Hex.bytes(
        "42 4D 00 1C 00 03 00 04 00 07 00 04 00 05 00 08 03 1B 00 F9 00 1B 00 06 00 03 00 03 9A 00"
            + " 02 A2");
  }

  @Override
  public List<Golden> golden() {
    return List.of(
        Golden.results()
            .number("PM1-CF1", 3, 0)
            .number("PM2.5-CF1", 4, 0)
            .number("PM10-CF1", 7, 0)
            .number("PM1", 4, 0)
            .number("PM2.5", 5, 0)
            .number("PM10", 8, 0)
            // 0x031B is 795 in 0.1 L.
            .number("N0.3", 7.95, 1e-9)
            .number("N0.5", 2.49, 1e-9)
            .number("N1.0", 0.27, 1e-9)
            .number("N2.5", 0.06, 1e-9)
            .number("N5.0", 0.03, 1e-9)
            .number("N10", 0.03, 1e-9));
  }

  @Override
  public Integrity integrity() {
    return Integrity.full("start characters, length, 16-bit sum over all before it");
  }

  @Override
  public List<String> goldenSaid() {
    return List.of(
        "42 4D E4 00 01 01 74",
        "42 4D E2 00 00 01 71",
        "42 4D E4 00 00 01 73",
        "42 4D E4 00 00 01 73");
  }
}
