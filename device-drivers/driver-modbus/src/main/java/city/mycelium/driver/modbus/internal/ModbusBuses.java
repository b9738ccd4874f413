package city.mycelium.driver.modbus.internal;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.driver.SerialLines;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.time.Clock;
import city.mycelium.driver.modbus.internal.wire.LineAddress;
import city.mycelium.driver.modbus.internal.wire.ModbusBus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The buses of this gateway, each shared by the devices that name it. A bus is there as long as one
 * of them is configured, and is set as the first of them says. Safe for use by many threads.
 */
@Component(service = ModbusBuses.class)
public final class ModbusBuses {

  private final SerialLines lines;
  private final Clock clock;
  private final Map<String, Shared> shared = new HashMap<>();

  @Activate
  public ModbusBuses(@Reference SerialLines lines, @Reference Clock clock) {
    this.lines = lines;
    this.clock = clock;
  }

  /** A device is configured to be on this bus; opens nothing. */
  public synchronized Seat enter(DeviceId device, LineAddress address) {
    Seat seat = new Seat(device, address);
    shared.computeIfAbsent(address.bus(), b -> new Shared()).seats.add(seat);
    return seat;
  }

  /** Devices that share a bus, in the order in which they were configured. */
  private static final class Shared {
    private final List<Seat> seats = new ArrayList<>();
    private @Nullable ModbusBus bus;

    void hangUp() {
      if (bus != null) {
        bus.close();
        bus = null;
      }
    }
  }

  /** A device's right to speak on a bus. */
  public final class Seat implements AutoCloseable {

    private final DeviceId device;
    private final LineAddress address;

    private Seat(DeviceId device, LineAddress address) {
      this.device = device;
      this.address = address;
    }

    /**
     * The bus.
     *
     * @throws DeviceException CONFIG if another device has it set in another way
     */
    public ModbusBus bus() throws DeviceException {
      synchronized (ModbusBuses.this) {
        Shared group = shared.get(address.bus());
        if (group == null || !group.seats.contains(this)) {
          throw DeviceException.unreachable(device + " is not configured any more");
        }
        Seat first = group.seats.get(0);
        if (!first.address.equals(address)) {
          throw DeviceException.config(
              address.bus()
                  + " is set to "
                  + first.address.setting()
                  + " for "
                  + first.device
                  + ", but to "
                  + address.setting()
                  + " for "
                  + device
                  + ": devices on one bus speak alike; change one of the two configurations, and"
                  + " the device");
        }
        ModbusBus bus = group.bus;
        if (bus == null) {
          bus = new ModbusBus(address, lines, clock);
          group.bus = bus;
        }
        return bus;
      }
    }

    /** The device is not configured any more; closing twice does nothing. */
    @Override
    public void close() {
      synchronized (ModbusBuses.this) {
        Shared group = shared.get(address.bus());
        if (group == null || !group.seats.contains(this)) {
          return;
        }
        LineAddress before = group.seats.get(0).address;
        group.seats.remove(this);
        if (group.seats.isEmpty()) {
          group.hangUp();
          shared.remove(address.bus());
        } else if (!group.seats.get(0).address.equals(before)) {
          group.hangUp();
        }
      }
    }
  }
}
