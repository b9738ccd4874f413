package city.mycelium.driver.lorawan.internal.radio;

import java.time.Duration;
import java.util.List;

/**
 * A frame to be sent in answer to an uplink, in the first of its windows that can still be met.
 *
 * @param device whom it is for
 * @param phyPayload its bytes; not copied, must not change
 * @param windows in the order in which they open, one or two: a window that may not be used (its
 *     sub-band has no air time left) is not among them
 */
@SuppressWarnings("ArrayRecordComponent") // a frame travels once, from the network to its front end
public record Downlink(Eui device, byte[] phyPayload, List<Window> windows) {

  public Downlink {
    windows = List.copyOf(windows);
    if (windows.isEmpty()) {
      throw new IllegalArgumentException("a downlink needs a window");
    }
  }

  /**
   * A receive window of the device.
   *
   * @param delay after the end of the uplink
   * @param frequencyHz Hz
   * @param dataRate its modulation
   * @param powerDbm radiated power (EIRP), dBm
   */
  public record Window(Duration delay, long frequencyHz, DataRate dataRate, double powerDbm) {}
}
