package city.mycelium.driver.i2c.internal;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.I2cChip;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.driver.i2c.internal.bus.BusPath;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a configuration says of a device, not yet checked: an error in it becomes the device's state
 * and not the end of its component.
 *
 * @param bus as {@link BusPath} reads it
 * @param address decimal or hexadecimal with {@code 0x}; empty for the kind's usual one
 * @param type the kind's name
 * @param intervalSeconds how often it is read; 0 for the kind's own
 * @param options what is set of the kind itself
 */
record I2cSettings(
    DeviceId id,
    String bus,
    String address,
    String type,
    int intervalSeconds,
    Map<String, String> options) {

  private static final Set<String> OURS =
      Set.of("bus", "address", "type", "deviceId", "intervalSeconds");

  I2cSettings {
    options = Map.copyOf(options);
  }

  /** Those properties of a component that are neither ours nor OSGi's. */
  static Map<String, String> options(Map<String, ?> properties) {
    Map<String, String> options = new TreeMap<>();
    properties.forEach(
        (name, value) -> {
          // OSGi's names have a dot (service.pid), the Configurator's a colon.
          if (!OURS.contains(name) && name.indexOf('.') < 0 && name.indexOf(':') < 0) {
            options.put(name, String.valueOf(value));
          }
        });
    return options;
  }

  /** Where it is, for a person. */
  String where() {
    return address.isBlank() ? bus : bus + " " + address.strip();
  }

  BusPath busPath() throws DeviceException {
    try {
      return BusPath.parse(bus);
    } catch (IllegalArgumentException e) {
      throw DeviceException.config(String.valueOf(e.getMessage()));
    }
  }

  /** The address, if the kind can have it. */
  int addressOf(I2cChip chip) throws DeviceException {
    Set<Integer> possible = new TreeSet<>(chip.addresses());
    if (address.isBlank()) {
      return chip.addresses().iterator().next();
    }
    try {
      int given = Integer.decode(address.strip());
      if (possible.contains(given)) {
        return given;
      }
    } catch (NumberFormatException e) {
      // Said below, as for an address that the kind cannot have.
    }
    throw DeviceException.config(
        "a "
            + type
            + " cannot be at address '"
            + address
            + "': it is at "
            + possible.stream().map(BusPath::address).collect(Collectors.joining(" or ")));
  }

  Duration intervalOr(Duration usual) {
    return intervalSeconds > 0 ? Duration.ofSeconds(intervalSeconds) : usual;
  }

  void requireInterval() throws DeviceException {
    if (intervalSeconds < 0) {
      throw DeviceException.config(
          "intervalSeconds is a number of seconds, or 0 for the kind's own, not "
              + intervalSeconds);
    }
  }
}
