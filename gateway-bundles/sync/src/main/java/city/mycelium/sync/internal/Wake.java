package city.mycelium.sync.internal;

import city.mycelium.api.time.Cancellable;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One look that is planned: the earliest that was asked for. Owned by the Scheduler it uses. */
final class Wake {

  private final Clock clock;
  private final Scheduler scheduler;
  private final Runnable look;
  private @Nullable Cancellable planned;
  private long atNanos;

  Wake(Clock clock, Scheduler scheduler, Runnable look) {
    this.clock = clock;
    this.scheduler = scheduler;
    this.look = look;
  }

  /** Looks after a while; an earlier look that is planned stays planned. */
  void after(Duration delay) {
    long at = clock.monotonicNanos() + delay.toNanos();
    if (planned != null && atNanos - at <= 0) {
      return;
    }
    if (planned != null) {
      planned.cancel();
    }
    atNanos = at;
    planned =
        scheduler.after(
            delay,
            () -> {
              planned = null;
              look.run();
            });
  }
}
