package city.mycelium.driver.sysfs.internal.gpio;

import city.mycelium.api.device.DeviceException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line that obeys the port: it belongs to one at a time, keeps 1024 events and drops the
 * oldest, and numbers them from 1 for each who has it.
 */
final class FakeLines implements GpioLines {

  final List<LineRequest> requests = new ArrayList<>();
  boolean isGone;
  boolean isActive;
  private @Nullable Taken taken;

  @Override
  public GpioLine open(LineRequest request) throws DeviceException {
    if (isGone) {
      throw DeviceException.unreachable("the chip has gone");
    }
    if (taken != null) {
      throw DeviceException.unreachable("the line has not been given back yet");
    }
    requests.add(request);
    taken = new Taken();
    return taken;
  }

  boolean isTaken() {
    return taken != null;
  }

  /** The process that has it dies. */
  void release() {
    taken = null;
  }

  /** The contact closes; nobody sees it unless somebody has the line. */
  void pulse(long atMillis) {
    if (taken != null) {
      taken.number++;
      taken.kept.add(new Edge(atMillis * 1_000_000, taken.number));
      if (taken.kept.size() > GpioAbi.EVENTS_KEPT) {
        taken.kept.remove();
      }
    }
  }

  void pulses(int count, long fromMillis, long everyMillis) {
    for (int i = 0; i < count; i++) {
      pulse(fromMillis + i * everyMillis);
    }
  }

  private final class Taken implements GpioLine {

    private final Deque<Edge> kept = new ArrayDeque<>();
    private long number;

    @Override
    public boolean isActive() throws DeviceException {
      requireThere();
      return isActive;
    }

    @Override
    public List<Edge> edges() throws DeviceException {
      requireThere();
      List<Edge> edges = List.copyOf(kept);
      kept.clear();
      return edges;
    }

    private void requireThere() throws DeviceException {
      if (isGone) {
        throw DeviceException.unreachable("the chip has gone");
      }
    }

    @Override
    public void close() {
      if (taken == this) {
        taken = null;
      }
    }
  }
}
