package city.mycelium.driver.push.internal.kit;

import city.mycelium.api.observation.DeviceId;

/** The one place where a kit's own name becomes a device id. */
final class KitDevice {

  private KitDevice() {}

  /**
   * The device {@code <family>.<name>}. A name that does not fit is refused rather than bent: two
   * kits must never become one.
   *
   * @throws IllegalArgumentException if it does not fit; the message is for a person
   */
  static DeviceId named(String family, String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("the kit's id is empty");
    }
    return new DeviceId(family + "." + name);
  }
}
