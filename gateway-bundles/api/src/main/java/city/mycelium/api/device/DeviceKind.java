package city.mycelium.api.device;

/**
 * A kind of device that is asked for its results. Stateless, so safe for use by many threads; what
 * has to be remembered of one device lives in its {@link Poll}.
 *
 * @param <B> how a device is reached on its bus
 */
public interface DeviceKind<B> {

  /** What it is and what it gives. */
  DeviceDescription description();

  /**
   * What it gives when it is set so: where the same value means something else at another place,
   * such as a temperature of air or of water. Most kinds give the same whatever is set.
   *
   * @throws DeviceException CONFIG if what is set makes no sense
   */
  default DeviceDescription description(DeviceSettings settings) throws DeviceException {
    return description();
  }

  /**
   * Makes sure that it is what it should be, and prepares it: identity, calibration, mode. Called
   * again after trouble, with the device in whatever state it is left in.
   *
   * @param bus stays usable as long as the Poll does
   * @throws DeviceException if it cannot be read, or is not what it should be
   */
  Poll connect(B bus, DeviceSettings settings) throws DeviceException;
}
