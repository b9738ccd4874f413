package city.mycelium.driver.lorawan.internal.region;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How long one transmitter was on the air in one sub-band within the last hour: the duty cycle is a
 * part of any hour (ETSI EN 300 220-1 V3.1.1, 5.4; limits: EN 300 220-2 V3.2.1, table B.1). Not
 * thread-safe.
 *
 * <p>Whoever means to send reserves, and gives back what is not sent after all: so two frames under
 * way at once cannot take the same air.
 */
public final class AirTime {

  /** What the limits are over. */
  public static final Duration OBSERVED = Duration.ofHours(1);

  private final Deque<Reservation> taken = new ArrayDeque<>();

  /**
   * Air that is taken.
   *
   * @param atNanos when it was taken, by the monotonic clock
   * @param nanos how much
   */
  public record Reservation(long atNanos, long nanos) {}

  /** Takes the air for a frame. */
  public Reservation reserve(Duration airTime, long nowNanos) {
    Reservation reservation = new Reservation(nowNanos, airTime.toNanos());
    taken.addLast(reservation);
    return reservation;
  }

  /** It was not sent. */
  public void giveBack(Reservation reservation) {
    taken.removeLastOccurrence(reservation);
  }

  /** On the air within the last hour, nanoseconds. */
  public long usedNanos(long nowNanos) {
    forget(nowNanos);
    return taken.stream().mapToLong(Reservation::nanos).sum();
  }

  /** On the air since then, nanoseconds. */
  public long usedNanosSince(long nanos) {
    long used = 0;
    for (Iterator<Reservation> latest = taken.descendingIterator(); latest.hasNext(); ) {
      Reservation reservation = latest.next();
      if (reservation.atNanos() < nanos) {
        break;
      }
      used += reservation.nanos();
    }
    return used;
  }

  /**
   * On the air within the last hour, sorted into stretches of time.
   *
   * @return nanoseconds on the air, by the end of the stretch that they were taken in
   */
  public SortedMap<Long, Long> usedNanosByStretch(Duration stretch, long nowNanos) {
    forget(nowNanos);
    SortedMap<Long, Long> used = new TreeMap<>();
    for (Reservation reservation : taken) {
      used.merge(end(stretch, reservation.atNanos()), reservation.nanos(), Long::sum);
    }
    return used;
  }

  /** When the stretch ends that a moment is in. */
  public static long end(Duration stretch, long nanos) {
    return (Math.floorDiv(nanos, stretch.toNanos()) + 1) * stretch.toNanos();
  }

  private void forget(long nowNanos) {
    while (!taken.isEmpty() && nowNanos - taken.getFirst().atNanos() >= OBSERVED.toNanos()) {
      taken.removeFirst();
    }
  }
}
