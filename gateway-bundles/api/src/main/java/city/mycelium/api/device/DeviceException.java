package city.mycelium.api.device;

import java.io.Serial;

/**
 * A device gave no result this time. The message is for the person who stands before it: what is
 * wrong and what to do.
 */
public final class DeviceException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  private final DeviceState state;

  private DeviceException(DeviceState state, String message, Throwable cause) {
    super(message, cause);
    this.state = state;
  }

  private DeviceException(DeviceState state, String message) {
    super(message);
    this.state = state;
  }

  /** The configuration cannot be: trying again does not help. */
  public static DeviceException config(String message) {
    return new DeviceException(DeviceState.CONFIG, message);
  }

  /** Nothing answers. */
  public static DeviceException unreachable(String message) {
    return new DeviceException(DeviceState.UNREACHABLE, message);
  }

  /** Nothing answers; {@code cause} tells a developer why. */
  public static DeviceException unreachable(String message, Throwable cause) {
    return new DeviceException(DeviceState.UNREACHABLE, message, cause);
  }

  /** What came fails the device's own checks. */
  public static DeviceException corrupt(String message) {
    return new DeviceException(DeviceState.CORRUPT, message);
  }

  /** The device has nothing new to say. */
  public static DeviceException stale(String message) {
    return new DeviceException(DeviceState.STALE, message);
  }

  /** The device works, but does not measure yet as it should. */
  public static DeviceException warmingUp(String message) {
    return new DeviceException(DeviceState.WARMING_UP, message);
  }

  /** What this means for the device. */
  public DeviceState state() {
    return state;
  }
}
