package city.mycelium.driver.serial.internal;

import city.mycelium.api.observation.DeviceId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Which device has which port, so that a second one on the same port is told who has it. Safe for
 * use by many threads.
 */
@Component(service = PortClaims.class)
public final class PortClaims {

  private final Map<String, DeviceId> holders = new ConcurrentHashMap<>();

  @Activate
  public PortClaims() {}

  /**
   * Asks for a port; whoever has it already may ask again.
   *
   * @return who has it, if another device does
   */
  Optional<DeviceId> claim(String port, DeviceId device) {
    DeviceId holder = holders.putIfAbsent(real(port), device);
    return Optional.ofNullable(holder).filter(h -> !h.equals(device));
  }

  /** Gives back whatever port this device has. */
  void release(DeviceId device) {
    holders.values().removeIf(device::equals);
  }

  /** A port has many names below {@code /dev}, all of them links to one file. */
  private static String real(String port) {
    try {
      return Path.of(port).toRealPath().toString();
    } catch (IOException e) {
      return port; // not plugged in, or a USB identity: its name is all that is known of it
    }
  }
}
