package city.mycelium.testkit;

import city.mycelium.api.time.Cancellable;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Dating;
import city.mycelium.api.time.Moment;
import city.mycelium.api.time.Trust;
import city.mycelium.api.time.TrustedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * A clock that stands still until it is told to leap. Wall time and monotonic time leap apart from
 * each other, as they do on a gateway whose wall clock is set. Safe for use by many threads.
 *
 * <p>It is trusted, whatever its wall clock does, until the test says otherwise.
 */
public final class LeapingClock implements Clock, TrustedTime {

  private final AtomicLong epochMillis;
  private final AtomicLong monotonicNanos = new AtomicLong();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final Map<String, Function<Moment, Dating>> earlier = new ConcurrentHashMap<>();
  private volatile boolean trusted = true;
  private volatile String boot = "first-boot";

  private LeapingClock(long epochMillis) {
    this.epochMillis = new AtomicLong(epochMillis);
  }

  /** Stands at an ISO 8601 instant such as {@code 2026-11-23T12:00:00Z}. */
  public static LeapingClock at(String instant) {
    return new LeapingClock(Instant.parse(instant).toEpochMilli());
  }

  @Override
  public long epochMillis() {
    return epochMillis.get();
  }

  @Override
  public long monotonicNanos() {
    return monotonicNanos.get();
  }

  /** Time passes: both clocks go forward together. */
  public void leap(Duration forward) {
    if (forward.isNegative()) {
      throw new IllegalArgumentException(
          "time passes forwards; use setWall to turn the wall clock back");
    }
    epochMillis.addAndGet(forward.toMillis());
    monotonicNanos.addAndGet(forward.toNanos());
  }

  /** Somebody sets the wall clock, in either direction; no time passes. */
  public void setWall(String instant) {
    epochMillis.set(Instant.parse(instant).toEpochMilli());
  }

  /** From now on, or no longer, the time is trusted; whoever listens is told. */
  public void setTrusted(boolean trusted) {
    this.trusted = trusted;
    listeners.forEach(Runnable::run);
  }

  /** The machine is started anew; its wall clock and whether it is trusted stay as they are. */
  public void reboot(String boot) {
    this.boot = boot;
    monotonicNanos.set(0);
  }

  /** From now on this is known of the moments of an earlier start. */
  public void dateEarlier(String boot, Function<Moment, Dating> dating) {
    earlier.put(boot, dating);
  }

  @Override
  public Trust trust() {
    return trusted
        ? new Trust(true, "test", "the test says so")
        : new Trust(false, "none", "the test says that the time is not to be trusted");
  }

  @Override
  public Moment now() {
    return new Moment(boot, monotonicNanos.get());
  }

  /** Of this start by the wall clock as it is now, while it is trusted. */
  @Override
  public Dating date(Moment moment) {
    if (!moment.boot().equals(boot)) {
      return earlier.getOrDefault(moment.boot(), m -> new Dating.NotYet()).apply(moment);
    }
    return trusted
        ? new Dating.At(
            epochMillis.get() - (monotonicNanos.get() - moment.monotonicNanos()) / 1_000_000)
        : new Dating.NotYet();
  }

  @Override
  public Cancellable onChange(Runnable listener) {
    Runnable entry = () -> listener.run(); // the same one may be added twice and cancelled once
    listeners.add(entry);
    return () -> listeners.remove(entry);
  }
}
