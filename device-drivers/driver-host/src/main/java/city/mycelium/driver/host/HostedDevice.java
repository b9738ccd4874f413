package city.mycelium.driver.host;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.Poll;
import city.mycelium.api.observation.DeviceId;
import java.time.Duration;
import java.util.Map;

/**
 * One device that is to be read from time to time.
 *
 * @param id what it is called on this gateway
 * @param bus which module speaks to it, in the word that its package ends with, such as {@code i2c}
 * @param where its bus and address, for a person
 * @param description what kind it is
 * @param interval how often it is read
 * @param settings what is set of it, for whoever replays a record of it
 * @param connection makes it ready to be read; called on a thread where waiting hurts nobody else
 */
public record HostedDevice(
    DeviceId id,
    String bus,
    String where,
    DeviceDescription description,
    Duration interval,
    Map<String, String> settings,
    Connection connection) {

  public HostedDevice {
    settings = Map.copyOf(settings);
    if (interval.compareTo(Duration.ofMillis(100)) < 0) {
      throw new IllegalArgumentException(
          "a device is read every 100 ms at most, not every " + interval);
    }
  }

  /** Opens the way to a device. */
  @FunctionalInterface
  public interface Connection {
    Poll open() throws DeviceException;
  }
}
