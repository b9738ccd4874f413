package city.mycelium.clock.internal;

import city.mycelium.api.time.Dating;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one start of the machine. Immutable.
 *
 * @param id the kernel's
 * @param first the earliest anchor; null if nobody ever vouched for the time
 * @param last the latest one
 * @param seenNanos the machine ran at least this long
 * @param leaptAt from this moment on the anchors say nothing, until there is a new one
 */
record Boot(
    String id,
    @Nullable Anchor first,
    @Nullable Anchor last,
    long seenNanos,
    OptionalLong leaptAt) {

  static Boot started(String id) {
    return new Boot(id, null, null, 0, OptionalLong.empty());
  }

  Boot seen(long monotonicNanos) {
    return new Boot(id, first, last, Math.max(seenNanos, monotonicNanos), leaptAt);
  }

  Boot anchored(Anchor anchor) {
    return new Boot(id, first == null ? anchor : first, anchor, seenNanos, OptionalLong.empty())
        .seen(anchor.look().monotonicNanos());
  }

  Boot leapt(long monotonicNanos) {
    return new Boot(id, first, last, seenNanos, OptionalLong.of(monotonicNanos))
        .seen(monotonicNanos);
  }

  boolean isAnchored() {
    return first != null;
  }

  /** When the machine was started, at the latest. */
  long startedBefore() {
    Anchor anchor = anchor(first);
    return anchor.at(0) + anchor.uncertaintyAt(0);
  }

  /** A time that it certainly was when it was last seen. */
  long seenAfter() {
    Anchor anchor = anchor(last);
    return anchor.at(seenNanos) - anchor.uncertaintyAt(seenNanos);
  }

  /** The latest time that was trusted. */
  long trustedUntil() {
    Anchor anchor = anchor(last);
    return leaptAt.isPresent() ? anchor.at(leaptAt.getAsLong()) : anchor.at(seenNanos);
  }

  /**
   * The time of a moment of this start, if anchors tell it: before the first by the first, after
   * the last by the last, and between by both.
   */
  Dating date(long nanos) {
    if (first == null || last == null || isAfterLeap(nanos)) {
      return new Dating.NotYet();
    }
    long sinceFirst = nanos - first.look().monotonicNanos();
    long whole = last.look().monotonicNanos() - first.look().monotonicNanos();
    if (sinceFirst <= 0) {
      return at(first.at(nanos));
    }
    if (sinceFirst >= whole) {
      return at(last.at(nanos));
    }
    long byFirst = first.at(nanos);
    long byLast = last.at(nanos);
    if (!last.agreesWith(first)) {
      // The machine slept, or one of the two was wrong: it was then or then, or between.
      return within(
          Math.min(byFirst - first.uncertaintyAt(nanos), byLast - last.uncertaintyAt(nanos)),
          Math.max(byFirst + first.uncertaintyAt(nanos), byLast + last.uncertaintyAt(nanos)));
    }
    return at(byFirst + Math.round((byLast - byFirst) * ((double) sinceFirst / whole)));
  }

  private boolean isAfterLeap(long nanos) {
    return leaptAt.isPresent() && nanos >= leaptAt.getAsLong();
  }

  static Dating at(long epochMillis) {
    return new Dating.At(Math.max(0, epochMillis));
  }

  static Dating within(long from, long to) {
    long earliest = Math.max(0, Math.min(from, to));
    return new Dating.Within(earliest, Math.max(earliest, Math.max(from, to)));
  }

  private static Anchor anchor(@Nullable Anchor anchor) {
    if (anchor == null) {
      throw new IllegalStateException("nobody has vouched for the time of this start");
    }
    return anchor;
  }
}
