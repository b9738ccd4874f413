package city.mycelium.clock.internal;

import city.mycelium.api.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The clock of the machine itself, where the configuration says that somebody keeps it right: a
 * hypervisor, a clock with a battery. It is believed from the start, but not when it has leapt,
 * until it has gone on steadily for a while; and never when it shows a time that has been already.
 */
final class OwnClock implements TimeSource {

  /** Whoever keeps it does not say how well; a clock with a battery is set once in a while. */
  private static final long UNCERTAINTY_MILLIS = 1_000;

  private final Clock machine;
  private final LongSupplier trustedUntil;
  private final Duration steadyFor;
  private final BooleanSupplier inDoubt;
  private @Nullable Look steadySince;

  /**
   * A clock nobody has looked at.
   *
   * @param trustedUntil the latest time that was ever trusted, UTC epoch milliseconds
   * @param inDoubt whether it has leapt, and nobody has vouched for it since
   */
  OwnClock(Clock machine, LongSupplier trustedUntil, BooleanSupplier inDoubt, Duration steadyFor) {
    this.machine = machine;
    this.trustedUntil = trustedUntil;
    this.inDoubt = inDoubt;
    this.steadyFor = steadyFor;
  }

  @Override
  public String name() {
    return "system";
  }

  @Override
  public Answer ask() {
    Look now = Look.at(machine);
    Look since = steadySince;
    if (since == null || !now.isSteadySince(since)) {
      since = now;
      steadySince = now;
    }
    if (now.wallMillis() < trustedUntil.getAsLong() - Tolerance.STEP_MILLIS) {
      return new Silent(
          "it shows "
              + Instant.ofEpochMilli(now.wallMillis())
              + ", but it has been "
              + Instant.ofEpochMilli(trustedUntil.getAsLong())
              + " already. Set the clock; if that earlier time was wrong, stop the gateway and remove "
              + BootFile.NAME
              + " from its data directory");
    }
    long steadyNanos = now.monotonicNanos() - since.monotonicNanos();
    if (inDoubt.getAsBoolean() && steadyNanos < steadyFor.toNanos()) {
      return new Silent(
          "it was set just now, and is believed again when it has gone on steadily for "
              + steadyFor.toSeconds()
              + " s");
    }
    return new Vouches(
        now, now.wallMillis(), UNCERTAINTY_MILLIS, "the configuration says that it is kept right");
  }
}
