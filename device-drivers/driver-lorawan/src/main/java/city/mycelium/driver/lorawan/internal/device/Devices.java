package city.mycelium.driver.lorawan.internal.device;

import city.mycelium.driver.lorawan.internal.radio.Eui;
import java.util.List;
import java.util.Optional;

/** The devices that are registered now. Safe for use by many threads; never blocks. */
public interface Devices {

  Optional<RegisteredDevice> device(Eui devEui);

  /** Those that are activated by personalization under this address. */
  List<RegisteredDevice> personalized(int devAddr);

  /** All of them, by DevEUI. */
  List<RegisteredDevice> all();
}
