package city.mycelium.driver.sysfs.internal;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceKind;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.driver.host.HostedDevice;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration says of one device. Immutable.
 *
 * @param id what it is called on this gateway
 * @param type which kind
 * @param intervalSeconds how often it is read; 0 for the kind's own
 * @param set what is set of its kind
 */
record SysfsDevice(DeviceId id, String type, int intervalSeconds, Map<String, String> set) {

  /** What every configuration of this bus has; all else is of the kind. */
  private static final String TYPE = "type";

  /** In records of what passed. */
  static final String BUS = "sysfs";

  private static final String DEVICE_ID = "deviceId";
  private static final String INTERVAL = "intervalSeconds";

  SysfsDevice {
    set = Map.copyOf(set);
  }

  /**
   * Reads the properties of a component.
   *
   * @throws IllegalArgumentException if there is no device id that could be shown anywhere
   */
  static SysfsDevice of(Map<String, Object> properties) {
    Map<String, String> set = new TreeMap<>();
    properties.forEach(
        (key, value) -> {
          // What the framework adds has a dot in it (service.pid, felix.fileinstall.filename), or a
          // colon (:configurator:feature-resource).
          if (!key.contains(".") && !key.contains(":")) {
            set.put(key, String.valueOf(value));
          }
        });
    String type = set.getOrDefault(TYPE, "");
    String id = set.getOrDefault(DEVICE_ID, "");
    String interval = set.get(INTERVAL);
    set.keySet().removeAll(List.of(TYPE, DEVICE_ID, INTERVAL));
    return new SysfsDevice(new DeviceId(id), type, seconds(interval), set);
  }

  private static int seconds(@Nullable String interval) {
    try {
      return interval == null ? 0 : Integer.parseInt(interval);
    } catch (NumberFormatException e) {
      return -1; // said with the other errors, where the device hangs
    }
  }

  /** For a person: what it is, and by which name it is found. */
  String where() {
    for (String key : new String[] {"name", "id", "line", "path"}) {
      String value = set.get(key);
      if (value != null) {
        return type + " " + value;
      }
    }
    return type;
  }

  /**
   * The device, to be hosted. What is wrong in its settings is said when it is opened, so that it
   * is seen where all devices are.
   */
  <B> HostedDevice hosted(DeviceKind<B> kind, B bus) {
    try {
      if (intervalSeconds < 0) {
        throw DeviceException.config(
            "intervalSeconds is a whole number from 1, or 0 for the usual one");
      }
      DeviceSettings settings = DeviceSettings.of(kind.description(), set);
      DeviceDescription description = kind.description(settings);
      Duration interval =
          intervalSeconds == 0 ? description.interval() : Duration.ofSeconds(intervalSeconds);
      return hosted(description, interval, () -> kind.connect(bus, settings));
    } catch (DeviceException wrong) {
      return hosted(
          kind.description(),
          kind.description().interval(),
          () -> {
            throw wrong;
          });
    }
  }

  private HostedDevice hosted(
      DeviceDescription description, Duration interval, HostedDevice.Connection connection) {
    return new HostedDevice(id, BUS, where(), description, interval, set, connection);
  }
}
