package city.mycelium.simulator.demo;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What there is to show at one moment.
 *
 * @param elapsed since everything was ready
 * @param planned how long the demonstration takes
 * @param devices in a fixed order
 * @param figures the running account; null while nobody can give it
 * @param stored what the receiver holds
 * @param further how the platforms beside the receiver stand; empty if there are none
 * @param happening what goes on, for people; empty if nothing special does
 */
record Snapshot(
    Duration elapsed,
    Duration planned,
    List<DeviceLine> devices,
    @Nullable Figures figures,
    long stored,
    String further,
    String happening) {

  Snapshot {
    devices = List.copyOf(devices);
  }

  /**
   * One device.
   *
   * @param values the last that arrived at the receiver, or why none did
   * @param age since the youngest of them was measured
   */
  record DeviceLine(String device, String values, @Nullable Duration age) {}

  /** The gateway's account of the receiver's Destination, and what it holds back. */
  record Figures(
      long accepted, long delivered, long withheld, long dropped, long pending, long held) {}

  /** Called delivered, but not with the receiver; what was promised is counted at the end. */
  long lost() {
    return figures == null ? 0 : Math.max(0, figures.delivered() - stored);
  }
}
