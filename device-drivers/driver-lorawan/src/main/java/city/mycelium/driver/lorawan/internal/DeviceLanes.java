package city.mycelium.driver.lorawan.internal;

import city.mycelium.driver.lorawan.internal.radio.Eui;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * One queue per device before a few threads: what a device says is worked on in order, and a device
 * takes one turn at a time, so that one whose script is slow delays others by one deadline at most.
 * Safe for use by many threads.
 */
final class DeviceLanes {

  private final Executor workers;
  private final int mostPerDevice;
  private final int mostAltogether;
  private final Map<Eui, Deque<Runnable>> lanes = new HashMap<>();
  private int waiting;

  /**
   * Lanes before these workers.
   *
   * @param mostPerDevice how many tasks of one device may wait
   * @param mostAltogether how many tasks may wait
   */
  DeviceLanes(Executor workers, int mostPerDevice, int mostAltogether) {
    this.workers = workers;
    this.mostPerDevice = mostPerDevice;
    this.mostAltogether = mostAltogether;
  }

  /**
   * Runs the task behind those of the same device.
   *
   * @return whether there is room for it
   */
  boolean offer(Eui device, Runnable task) {
    synchronized (lanes) {
      Deque<Runnable> lane = lanes.get(device);
      if (waiting >= mostAltogether || (lane != null && lane.size() >= mostPerDevice)) {
        return false;
      }
      waiting++;
      if (lane != null) {
        lane.addLast(task);
        return true;
      }
      lanes.put(device, new ArrayDeque<>(List.of(task)));
    }
    workers.execute(() -> takeTurn(device));
    return true;
  }

  /** One task; the next of the same device waits behind everybody else's. */
  private void takeTurn(Eui device) {
    Runnable task;
    synchronized (lanes) {
      // Only the turn itself takes out, and there is one per device.
      task = Objects.requireNonNull(lanes.get(device)).getFirst();
    }
    try {
      task.run();
    } finally {
      boolean again;
      synchronized (lanes) {
        waiting--;
        Deque<Runnable> lane = Objects.requireNonNull(lanes.get(device));
        lane.removeFirst();
        again = !lane.isEmpty();
        if (!again) {
          lanes.remove(device);
        }
      }
      if (again) {
        workers.execute(() -> takeTurn(device));
      }
    }
  }
}
