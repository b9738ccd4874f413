package city.mycelium.driver.i2c.internal;

import city.mycelium.driver.i2c.internal.bus.Buses;
import city.mycelium.driver.i2c.internal.bus.NativeChoice;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.LoggerFactory;

/**
 * The buses of this machine, for all components of this bundle. Loads no native library and starts
 * no thread; that waits for the first bus that is opened.
 */
@Component(service = I2cBuses.class)
public final class I2cBuses {

  private final NativeChoice natives = new NativeChoice(LoggerFactory.getLogger(I2cBuses.class));
  private final Buses buses = Buses.ofLinux(natives);

  @Activate
  public I2cBuses() {}

  Buses buses() {
    return buses;
  }

  /** What makes the system calls, and why; for a person. */
  String means() {
    return natives.means();
  }
}
