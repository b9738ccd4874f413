package city.mycelium.driver.serial.internal;

import java.time.Duration;

/** How long to wait before the next try: twice as long each time, up to a limit. For one thread. */
final class BackOff {

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private Duration next = FIRST;

  Duration next() {
    Duration now = next;
    Duration twice = now.multipliedBy(2);
    next = twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
    return now;
  }

  void reset() {
    next = FIRST;
  }
}
