package city.mycelium.clock.internal;

import city.mycelium.api.time.Clock;
import org.osgi.service.component.annotations.Component;

/** The clock of the machine. Safe for use by many threads. */
@Component
public final class SystemClock implements Clock {

  @Override
  public long epochMillis() {
    return System.currentTimeMillis();
  }

  @Override
  public long monotonicNanos() {
    return System.nanoTime();
  }
}
