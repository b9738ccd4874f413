package city.mycelium.driver.host.record;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.driver.Opening;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.DeviceId;
import java.util.List;

/**
 * Runs what passed on one bus through the same code that reads it live, without the bus. Stateless,
 * so safe for use by many threads.
 */
public interface Replayer {

  /** Which bus, as an {@link Opening} names it. */
  String bus();

  /**
   * Replays one stretch of a record: from the opening of a device to the next one.
   *
   * @param passed what passed then, in order, its opening first
   * @return the sets of Readings that the device gives, in order
   * @throws DeviceException if this device cannot be made sense of: its kind is not known here, or
   *     its settings are not valid
   */
  List<Replayed> replay(DeviceId device, Opening opening, List<RecordLine.Passed> passed)
      throws DeviceException;

  /**
   * A set of Readings.
   *
   * @param micros the time of the last bytes that it came of, as the record tells it
   */
  record Replayed(long micros, List<Reading> readings) {
    public Replayed {
      readings = List.copyOf(readings);
    }
  }
}
