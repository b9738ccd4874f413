package city.mycelium.clock.internal;

import city.mycelium.api.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Whom the gateway believes.
 *
 * @param trust {@code auto}: chrony, then systemd-timesyncd, then devices; {@code system}: this
 *     machine's clock, which somebody else keeps right
 * @param pollEvery how often the sources are asked while the time is not trusted
 * @param steadyFor with {@code system}: how long a clock that was set must go on steadily
 */
record ClockSettings(String trust, Duration pollEvery, Duration steadyFor) {

  static final String AUTO = "auto";
  static final String SYSTEM = "system";

  ClockSettings {
    if (!trust.equals(AUTO) && !trust.equals(SYSTEM)) {
      throw new IllegalArgumentException(
          "there is no trust '" + trust + "': choose " + AUTO + " or " + SYSTEM);
    }
    if (pollEvery.toMillis() < 1 || steadyFor.isNegative()) {
      throw new IllegalArgumentException(
          "pollSeconds is at least 1 and steadySeconds at least 0, not "
              + pollEvery.toSeconds()
              + " and "
              + steadyFor.toSeconds());
    }
  }

  /** The sources, in the order in which they are believed. */
  List<TimeSource> sources(
      Clock machine, Signals signals, LongSupplier trustedUntil, BooleanSupplier inDoubt) {
    return trust.equals(SYSTEM)
        ? List.of(new OwnClock(machine, trustedUntil, inDoubt, steadyFor))
        : List.of(new Chrony(machine), new Timesyncd(machine, Timesyncd.FILE), signals);
  }
}
