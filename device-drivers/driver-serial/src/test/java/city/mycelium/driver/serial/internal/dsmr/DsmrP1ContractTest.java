package city.mycelium.driver.serial.internal.dsmr;

import city.mycelium.api.device.SerialSensor;
import city.mycelium.api.observation.Result;
import city.mycelium.driver.kit.FrameDeviceContract;
import city.mycelium.driver.kit.Golden;
import city.mycelium.driver.kit.Integrity;
import java.util.List;
import java.util.Set;

/** Golden bytes: see {@link P1Examples}. */
class DsmrP1ContractTest implements FrameDeviceContract {

  @Override
  public SerialSensor kind() {
    return new DsmrP1();
  }

  @Override
  public byte[] goldenStream() {
    return P1Examples.dsmr5();
  }

  @Override
  public List<Golden> golden() {
    return List.of(
        Golden.results()
            .result("energy-import-t1", new Result.Counter(123_456_789))
            .result("energy-import-t2", new Result.Counter(123_456_789))
            .result("energy-export-t1", new Result.Counter(123_456_789))
            .result("energy-export-t2", new Result.Counter(123_456_789))
            .number("power-import", 1193, 0)
            .number("power-export", 0, 0)
            .number("voltage-l1", 220.1, 1e-9)
            .number("voltage-l2", 220.2, 1e-9)
            .number("voltage-l3", 220.3, 1e-9)
            .result("gas", new Result.Counter(12_785_123)));
  }

  @Override
  public Integrity integrity() {
    return Integrity.full("CRC-16/ARC over the telegram");
  }

  @Override
  public Set<String> outputsNotGiven() {
    return Set.of("water");
  }
}
