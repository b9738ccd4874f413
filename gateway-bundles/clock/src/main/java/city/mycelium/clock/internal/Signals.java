package city.mycelium.clock.internal;

import city.mycelium.api.time.Clock;
import city.mycelium.api.time.TimeSignals;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Devices that know the time, such as a satellite receiver. One signal alone says nothing: two that
 * follow each other must agree. Safe for use by many threads.
 */
final class Signals implements TimeSource, TimeSignals {

  /** An older signal says nothing: its device is gone. */
  private static final Duration FRESH = Duration.ofMinutes(5);

  private final Clock machine;
  private final LongSupplier trustedUntil;
  private @Nullable Signal last;

  /** The one before it agreed. */
  private boolean agreed;

  private record Signal(String source, Anchor anchor) {}

  /**
   * Nothing heard.
   *
   * @param trustedUntil the latest time that was ever trusted, UTC epoch milliseconds: a receiver
   *     whose week counter has rolled over tells an earlier one
   */
  Signals(Clock machine, LongSupplier trustedUntil) {
    this.machine = machine;
    this.trustedUntil = trustedUntil;
  }

  @Override
  public synchronized String name() {
    return last == null ? "gnss" : last.source();
  }

  @Override
  public synchronized void heard(
      String source, long epochMillis, long uncertaintyMillis, long monotonicNanos) {
    Anchor told =
        new Anchor(source, new Look(epochMillis, monotonicNanos), epochMillis, uncertaintyMillis);
    Signal before = last;
    agreed = before != null && isFresh(before, monotonicNanos) && told.agreesWith(before.anchor());
    last = new Signal(source, told);
  }

  private static boolean isFresh(Signal signal, long nowNanos) {
    return nowNanos - signal.anchor().look().monotonicNanos() <= FRESH.toNanos();
  }

  @Override
  public synchronized Answer ask() {
    Look now = Look.at(machine);
    Signal signal = last;
    if (signal == null || !isFresh(signal, now.monotonicNanos())) {
      return new Silent("no device has told the time in the last " + FRESH.toMinutes() + " min");
    }
    if (!agreed) {
      return new Silent("it has told the time once; a second time must agree with it");
    }
    long time = signal.anchor().at(now.monotonicNanos());
    if (time
        < trustedUntil.getAsLong() - Tolerance.STEP_MILLIS - signal.anchor().uncertaintyMillis()) {
      return new Silent(
          "it tells "
              + Instant.ofEpochMilli(time)
              + ", but it has been "
              + Instant.ofEpochMilli(trustedUntil.getAsLong())
              + " already: the receiver's firmware may be too old");
    }
    return new Vouches(
        now, time, signal.anchor().uncertaintyAt(now.monotonicNanos()), "told by a device");
  }
}
