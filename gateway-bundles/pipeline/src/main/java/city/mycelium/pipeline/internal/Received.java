package city.mycelium.pipeline.internal;

import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.time.Dating;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When the gateway got a submission.
 *
 * @param receivedAt UTC epoch milliseconds; not earlier than it was
 * @param within the interval in which it was, if no more than that is known
 */
record Received(long receivedAt, @Nullable PhenomenonTime within) {

  /** A device that was cut off sends what it has kept; older than this it is not believed. */
  private static final Duration KEPT_BY_DEVICE = Duration.ofDays(1);

  /** A device's clock may be ahead of ours a little. */
  private static final Duration AHEAD = Duration.ofMinutes(1);

  static Received at(long epochMillis) {
    return new Received(epochMillis, null);
  }

  /** By what is known of the moment; empty if more may be known later. */
  static Optional<Received> of(Dating dating) {
    if (dating instanceof Dating.At exact) {
      return Optional.of(at(exact.epochMillis()));
    }
    if (dating instanceof Dating.Within interval) {
      // An interval ends before its end, and a Dating with it.
      return Optional.of(
          new Received(interval.to(), PhenomenonTime.between(interval.from(), interval.to() + 1)));
    }
    return Optional.empty();
  }

  /**
   * When something happened that came with this submission.
   *
   * @param own the device's word, if it gave one: it is taken as it is while we know the time
   *     ourselves; else only if it fits to the little that we know
   */
  PhenomenonTime phenomenonTime(@Nullable PhenomenonTime own) {
    if (own != null && believes(own)) {
      return own;
    }
    return within == null ? PhenomenonTime.at(receivedAt) : within;
  }

  /** Whether nobody knows exactly when that was. */
  boolean leavesUndated(@Nullable PhenomenonTime own) {
    return within != null && (own == null || !believes(own));
  }

  private boolean believes(PhenomenonTime own) {
    return within == null
        || (own.from() >= within.from() - KEPT_BY_DEVICE.toMillis()
            && own.to() <= within.to() + AHEAD.toMillis());
  }
}
