package city.mycelium.driver.sysfs.internal;

import city.mycelium.api.device.DeviceState;
import city.mycelium.api.device.Sysfs;
import city.mycelium.api.device.SysfsSensor;
import city.mycelium.api.driver.DeviceBoard;
import city.mycelium.driver.host.DeviceHost;
import city.mycelium.driver.host.HostedDevice;
import city.mycelium.driver.sysfs.internal.gpio.Gpio;
import city.mycelium.driver.sysfs.internal.gpio.Level;
import city.mycelium.driver.sysfs.internal.gpio.Pulses;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hosts one device as soon as its kind is there, and says so as long as it is not. Kinds come and
 * go with their bundles. Safe for use by many threads; does not block.
 */
final class SysfsDriver implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SysfsDriver.class);

  /** The kinds that need lines of the kernel instead of files. */
  private static final String PULSES = "pulses";

  private static final String LEVEL = "level";

  private final SysfsDevice device;
  private final DeviceHost host;
  private final DeviceBoard board;
  private final Sysfs sysfs;
  private final Gpio gpio;

  // Guarded by this.
  private final Map<String, SysfsSensor> kinds = new TreeMap<>();
  private @Nullable SysfsSensor hosted;
  private DeviceHost.@Nullable Stay stay;
  private DeviceBoard.@Nullable Entry complaint;
  private boolean isRunning;

  SysfsDriver(SysfsDevice device, DeviceHost host, DeviceBoard board, Sysfs sysfs, Gpio gpio) {
    this.device = device;
    this.host = host;
    this.board = board;
    this.sysfs = sysfs;
    this.gpio = gpio;
  }

  /** A kind has come. */
  synchronized void add(SysfsSensor kind) {
    if (kinds.putIfAbsent(kind.description().name(), kind) == null) {
      look();
    }
  }

  /** A kind goes. */
  synchronized void remove(SysfsSensor kind) {
    if (kinds.remove(kind.description().name(), kind)) {
      if (kind.equals(hosted)) {
        leave();
      }
      look();
    }
  }

  /** All kinds that were there already are known; from now on a missing one is missing. */
  synchronized void start() {
    isRunning = true;
    look();
  }

  @Override
  public synchronized void close() {
    isRunning = false;
    leave();
    forgive();
  }

  private void look() {
    if (!isRunning || stay != null) {
      return;
    }
    SysfsSensor kind = kinds.get(device.type());
    if (device.type().equals(PULSES)) {
      enter(device.hosted(new Pulses(), gpio));
    } else if (device.type().equals(LEVEL)) {
      enter(device.hosted(new Level(), gpio));
    } else if (kind != null) {
      hosted = kind;
      enter(device.hosted(kind, sysfs));
    } else {
      complain();
    }
  }

  private void enter(HostedDevice ready) {
    forgive();
    try {
      stay = host.host(ready);
    } catch (IllegalArgumentException e) {
      LOG.warn("{} is not read: {}", device.id(), e.getMessage());
    }
  }

  private void complain() {
    try {
      if (complaint == null) {
        complaint = board.enter(device.id(), device.where());
      }
      Set<String> known = new TreeSet<>(kinds.keySet());
      known.add(PULSES);
      known.add(LEVEL);
      complaint.report(
          DeviceState.CONFIG,
          "no device of the kernel's is of type "
              + device.type()
              + ": choose one of "
              + String.join(", ", known));
    } catch (IllegalArgumentException e) {
      LOG.warn("{} is not read: {}", device.id(), e.getMessage());
    }
  }

  private void forgive() {
    if (complaint != null) {
      complaint.close();
      complaint = null;
    }
  }

  private void leave() {
    if (stay != null) {
      stay.close();
      stay = null;
      hosted = null;
    }
  }
}
