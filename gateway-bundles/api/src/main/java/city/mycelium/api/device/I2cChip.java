package city.mycelium.api.device;

import java.util.Set;

/**
 * A kind of chip on an I²C bus. A chip is one class with {@code @Component}: it is found by being
 * there, from any bundle.
 */
public interface I2cChip extends DeviceKind<I2c> {

  /** The addresses that it can have, 0x08 to 0x77 (UM10204 3.1.12); the first is the usual one. */
  Set<Integer> addresses();
}
