package city.mycelium.driver.sysfs.internal.gpio;

import city.mycelium.api.device.DeviceException;
import java.util.List;

/** A line that is ours. For one thread. */
public interface GpioLine extends AutoCloseable {

  /**
   * Whether the line is active now.
   *
   * @throws DeviceException UNREACHABLE if its chip has gone
   */
  boolean isActive() throws DeviceException;

  /**
   * The changes since the last call, without waiting. The kernel keeps {@value
   * GpioAbi#EVENTS_KEPT}; if more came, the oldest are not there, and the numbers of the others say
   * how many.
   *
   * @throws DeviceException UNREACHABLE if its chip has gone
   */
  List<Edge> edges() throws DeviceException;

  /** Gives the line back; closing twice does nothing. */
  @Override
  void close();
}
