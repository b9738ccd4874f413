package city.mycelium.driver.host;

/**
 * Reads devices, each in its own time: a device that hangs or throws delays no other. Safe for use
 * by many threads.
 */
public interface DeviceHost {

  /**
   * Begins to read a device; returns at once.
   *
   * @return ends it, without waiting for a device that is being read now
   * @throws IllegalArgumentException if a device with this id is hosted already
   */
  Stay host(HostedDevice device);

  /** The time during which a device is read. */
  interface Stay extends AutoCloseable {
    @Override
    void close();
  }
}
