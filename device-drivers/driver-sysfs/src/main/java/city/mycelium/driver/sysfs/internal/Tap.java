package city.mycelium.driver.sysfs.internal;

import city.mycelium.api.driver.FrameTap;
import city.mycelium.api.driver.FrameTap.Way;
import city.mycelium.api.observation.DeviceId;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * Shows what passes between the gateway and one device to whoever records. Costs next to nothing
 * while nobody does. Of files, what is said is the path and what is heard is the content; a path
 * that ends in a slash asks for the names in a folder, one that ends in {@code @} for where its
 * links lead. Of lines, what is said is {@code value} or {@code edges}.
 */
public final class Tap {

  private final DeviceId device;
  private final Supplier<FrameTap> listener;

  /** A tap of one device; who listens may change at any time. */
  public Tap(DeviceId device, Supplier<FrameTap> listener) {
    this.device = device;
    this.listener = listener;
  }

  /** What was asked for. */
  public void said(String words) {
    pass(Way.SAID, words);
  }

  /** What came back. */
  public void heard(String words) {
    pass(Way.HEARD, words);
  }

  /** What came back, in bytes. */
  public void heard(byte[] bytes) {
    FrameTap to = listener.get();
    if (to.isOpen(device)) {
      to.pass(device, Way.HEARD, bytes.clone());
    }
  }

  /** Nothing came back, for this reason. */
  public void failed(String why) {
    pass(Way.FAILED, why);
  }

  private void pass(Way way, String words) {
    FrameTap to = listener.get();
    if (to.isOpen(device)) {
      to.pass(device, way, words.getBytes(StandardCharsets.UTF_8));
    }
  }
}
