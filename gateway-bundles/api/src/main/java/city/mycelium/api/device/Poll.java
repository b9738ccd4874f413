package city.mycelium.api.device;

/**
 * Reads one connected device. Called by one thread at a time, but not always by the same. Never
 * called again once it has been closed; after trouble the device is connected anew.
 */
@FunctionalInterface
public interface Poll extends AutoCloseable {

  /**
   * Reads the device once.
   *
   * @throws DeviceException if there is no result now; what was put before counts for nothing
   */
  void read(Results results) throws DeviceException;

  /** The device is not read any more: what it should be told then, and nothing that may fail. */
  @Override
  default void close() {}
}
