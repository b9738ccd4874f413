package city.mycelium.clock.internal;

import city.mycelium.api.time.Dating;
import city.mycelium.api.time.Moment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * The starts of the machine, the oldest first; the last one is the present one. Knows when things
 * were, as far as anchors tell. Immutable.
 */
record Boots(List<Boot> list) {

  /** Nothing was ever read before there was this software. */
  static final long EARLIEST = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

  /** Older starts are forgotten, and with them when exactly their moments were. */
  static final int MOST = 100;

  static final Boots NONE = new Boots(List.of());

  Boots {
    list = List.copyOf(list);
  }

  /** The machine has been started, or is known to be: then it becomes the present start again. */
  Boots started(String id) {
    if (!list.isEmpty() && present().id().equals(id)) {
      return this;
    }
    List<Boot> longer = new ArrayList<>(list);
    longer.add(Boot.started(id));
    return new Boots(longer.subList(Math.max(0, longer.size() - MOST), longer.size()));
  }

  Boot present() {
    return list.get(list.size() - 1);
  }

  /** With more known about the present start. */
  Boots with(UnaryOperator<Boot> news) {
    List<Boot> changed = new ArrayList<>(list);
    changed.set(changed.size() - 1, news.apply(present()));
    return new Boots(changed);
  }

  /** When a moment was. */
  Dating date(Moment moment) {
    int boot = indexOf(moment.boot());
    if (boot >= 0) {
      Dating own = list.get(boot).date(moment.monotonicNanos());
      return own instanceof Dating.NotYet ? between(boot, moment.monotonicNanos()) : own;
    }
    // Forgotten, or never written down: in any case it was before the present start.
    return present().isAnchored()
        ? Boot.within(EARLIEST, present().startedBefore())
        : new Dating.NotYet();
  }

  private int indexOf(String id) {
    for (int i = list.size() - 1; i >= 0; i--) {
      if (list.get(i).id().equals(id)) {
        return i;
      }
    }
    return -1;
  }

  /** Nobody vouched then; but the starts before and after it leave only so much room. */
  private Dating between(int boot, long nanos) {
    int next = nextAnchored(boot);
    if (next < 0) {
      return new Dating.NotYet();
    }
    long ranOn = Math.max(0, list.get(boot).seenNanos() - nanos) + ran(boot + 1, next);
    long to = list.get(next).startedBefore() - Nanos.toMillis(ranOn) + Tolerance.drift(ranOn);
    return Boot.within(Math.min(notBefore(boot, nanos), to), to);
  }

  private int nextAnchored(int boot) {
    for (int i = boot + 1; i < list.size(); i++) {
      if (list.get(i).isAnchored()) {
        return i;
      }
    }
    return -1;
  }

  /** How long the machine ran in the starts from one to another, the other not included. */
  private long ran(int from, int to) {
    return list.subList(Math.max(0, from), to).stream().mapToLong(Boot::seenNanos).sum();
  }

  /** A time that it certainly was, so long after a start. */
  private long notBefore(int boot, long nanos) {
    Boot own = list.get(boot);
    Anchor anchor = own.last();
    if (anchor != null) { // the monotonic clock may have stood still, but never ran ahead
      return anchor.at(nanos) - anchor.uncertaintyAt(nanos);
    }
    for (int i = boot - 1; i >= 0; i--) {
      if (list.get(i).isAnchored()) {
        return list.get(i).seenAfter() + elapsed(ran(i + 1, boot) + nanos);
      }
    }
    return EARLIEST + elapsed(ran(0, boot) + nanos);
  }

  private static long elapsed(long nanos) {
    return Nanos.toMillis(nanos) - Tolerance.drift(nanos);
  }

  /** The latest time that was ever trusted; {@link #EARLIEST} if none was. */
  long trustedUntil() {
    return list.stream()
        .filter(Boot::isAnchored)
        .reduce((earlier, later) -> later)
        .map(boot -> Math.max(EARLIEST, boot.trustedUntil()))
        .orElse(EARLIEST);
  }

  /** The time that it certainly is, if any was ever trusted. */
  OptionalLong notBefore(long nowNanos) {
    return list.stream().anyMatch(Boot::isAnchored)
        ? OptionalLong.of(notBefore(list.size() - 1, nowNanos))
        : OptionalLong.empty();
  }
}
