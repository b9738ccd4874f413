package city.mycelium.simulator.kit;

import java.time.Duration;
import java.util.List;

/** A kit that somebody unplugs: it posts a number of times and is never heard of again. */
public final class SilencedKit implements Kit {

  private final Kit kit;
  private int measurementsLeft;

  public SilencedKit(Kit kit, int measurementsLeft) {
    this.kit = kit;
    this.measurementsLeft = measurementsLeft;
  }

  @Override
  public String device() {
    return kit.device();
  }

  @Override
  public Duration period() {
    return kit.period();
  }

  @Override
  public List<Post> measure(long epochMillis) {
    if (measurementsLeft == 0) {
      return List.of();
    }
    measurementsLeft--;
    return kit.measure(epochMillis);
  }
}
