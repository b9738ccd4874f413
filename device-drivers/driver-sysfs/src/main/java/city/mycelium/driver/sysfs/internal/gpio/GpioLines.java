package city.mycelium.driver.sysfs.internal.gpio;

import city.mycelium.api.device.DeviceException;

/** The lines of this machine. Safe for use by many threads. */
@FunctionalInterface
public interface GpioLines {

  /**
   * Takes a line; nobody else can until it is closed.
   *
   * @throws DeviceException CONFIG if there is no such line, it may not be opened, or somebody else
   *     has it; UNREACHABLE if its chip is not there
   */
  GpioLine open(LineRequest request) throws DeviceException;
}
