package city.mycelium.simulator.lorawan;

import city.mycelium.simulator.kit.PostedValue;
import java.time.Duration;
import java.util.List;

/** What a LoRaWAN device measures and how it puts that into bytes. For one thread at a time. */
public interface Sensor {

  /** Time between two reports. */
  Duration period();

  /** What there is to say now. */
  Report report();

  /**
   * One uplink's worth.
   *
   * @param payload not copied
   * @param confirmed whether the device wants to know that it has come
   * @param values what the gateway makes of it
   */
  @SuppressWarnings("ArrayRecordComponent") // said once
  record Report(int fPort, byte[] payload, boolean confirmed, List<PostedValue> values) {
    public Report {
      values = List.copyOf(values);
    }
  }
}
