package city.mycelium.api.driver;

import city.mycelium.api.device.DeviceState;
import city.mycelium.api.observation.DeviceId;

/**
 * Where the state of every device hangs for all to see: in {@code device list}, in {@code health},
 * and as a line in the log when it changes. Safe for use by many threads.
 */
public interface DeviceBoard {

  /**
   * Puts a device up.
   *
   * @param device who
   * @param where its port, or bus and address, for a person
   * @throws IllegalArgumentException if the device hangs there already, because two configurations
   *     name it; the message says so
   */
  Entry enter(DeviceId device, String where);

  /** The place of one device. */
  interface Entry extends AutoCloseable {

    /**
     * How the device is now. Say it as often as you like: it is logged when the state changes.
     *
     * @param why what is wrong and what to do, or what is well
     */
    void report(DeviceState state, String why);

    /**
     * How the gateway takes what the device says: OK, STUCK, LOSING or REFUSED. Shown when the
     * device itself is well.
     *
     * @param why what is wrong and what to do, or what is well
     */
    void handedOver(DeviceState state, String why);

    /** The device is no longer served; closing twice does nothing. */
    @Override
    void close();
  }
}
