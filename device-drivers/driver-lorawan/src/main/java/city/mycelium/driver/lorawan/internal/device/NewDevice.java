package city.mycelium.driver.lorawan.internal.device;

import city.mycelium.driver.lorawan.internal.radio.Eui;
import java.util.Optional;

/**
 * What is registered.
 *
 * @param profile name of the profile that knows its payload
 * @param own how our own radio knows it; nothing if another network hears it and has its keys
 * @param name what people call it; may be empty
 */
public record NewDevice(Eui devEui, String profile, Optional<RegisteredDevice> own, String name) {

  /** One of our own radio. */
  public static NewDevice heardHere(RegisteredDevice device, String name) {
    return new NewDevice(device.devEui(), device.profile(), Optional.of(device), name);
  }

  /** One that comes over a feed. */
  public static NewDevice heardElsewhere(Eui devEui, String profile, String name) {
    return new NewDevice(devEui, profile, Optional.empty(), name);
  }
}
