package city.mycelium.api.device;

import java.time.Duration;

/**
 * A kind of device on a serial line. A device is a class with {@code @Component}: it is found by
 * being there, from any bundle. Stateless, so safe for use by many threads.
 */
public interface SerialSensor {

  /** What it is, what it gives, and what may be set of it. */
  DeviceDescription description();

  /**
   * What a device that is set like this gives, where that depends on it.
   *
   * @throws DeviceException CONFIG if it cannot be set like this
   */
  default DeviceDescription description(DeviceSettings settings) throws DeviceException {
    return description();
  }

  /** How it speaks from the factory. */
  SerialSettings line();

  /**
   * One device of this kind.
   *
   * @param interval how often results are wanted
   * @throws DeviceException CONFIG if it cannot do what is asked
   */
  FrameDevice<?> device(Duration interval, DeviceSettings settings) throws DeviceException;
}
