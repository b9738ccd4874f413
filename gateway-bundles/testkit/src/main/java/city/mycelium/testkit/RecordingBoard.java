package city.mycelium.testkit;

import city.mycelium.api.device.DeviceState;
import city.mycelium.api.driver.DeviceBoard;
import city.mycelium.api.observation.DeviceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Remembers what is said of devices: a line for each change, such as {@code UNREACHABLE nothing
 * answers}; what is said of handing over has {@code handed over} before it. Safe for use by many
 * threads.
 */
public final class RecordingBoard implements DeviceBoard {

  private final Map<DeviceId, List<String>> lines = new HashMap<>();
  private final Map<DeviceId, DeviceState> states = new HashMap<>();

  @Override
  public synchronized Entry enter(DeviceId device, String where) {
    if (states.putIfAbsent(device, DeviceState.STARTING) != null) {
      throw new IllegalArgumentException(device + " hangs there already");
    }
    lines.computeIfAbsent(device, d -> new ArrayList<>());
    return new Place(device);
  }

  /** All changes that were told of a device, in order; of one that has left too. */
  public synchronized List<String> lines(DeviceId device) {
    return List.copyOf(lines.getOrDefault(device, List.of()));
  }

  /** How the device itself is; STARTING if nothing was said, or if nobody serves it. */
  public synchronized DeviceState state(DeviceId device) {
    return states.getOrDefault(device, DeviceState.STARTING);
  }

  /** Whether somebody serves the device. */
  public synchronized boolean isServed(DeviceId device) {
    return states.containsKey(device);
  }

  private synchronized void add(DeviceId device, String line) {
    lines.computeIfAbsent(device, d -> new ArrayList<>()).add(line);
  }

  private final class Place implements Entry {

    private final DeviceId device;
    private DeviceState last = DeviceState.STARTING;
    private DeviceState lastHandedOver = DeviceState.OK;

    Place(DeviceId device) {
      this.device = device;
    }

    @Override
    public void report(DeviceState state, String why) {
      synchronized (RecordingBoard.this) {
        states.replace(device, state);
        if (state != last) {
          last = state;
          add(device, state + " " + why);
        }
      }
    }

    @Override
    public void handedOver(DeviceState state, String why) {
      synchronized (RecordingBoard.this) {
        if (state != lastHandedOver) {
          lastHandedOver = state;
          add(device, "handed over " + state + " " + why);
        }
      }
    }

    @Override
    public void close() {
      synchronized (RecordingBoard.this) {
        states.remove(device);
      }
    }
  }
}
