package city.mycelium.driver.lorawan.internal.region;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * What one transmitter has left in each sub-band: the duty cycle is the part of any hour that it is
 * on the air (ETSI EN 300 220-1 V3.1.1, 5.4; limits: EN 300 220-2 V3.2.1, table B.1). Not
 * thread-safe.
 *
 * <p>Whoever means to send reserves, and gives back what is not sent after all: so two frames under
 * way at once cannot take the same air.
 */
public final class AirTime {

  /** What the limits are over. */
  static final Duration OBSERVED = Duration.ofHours(1);

  private final Map<String, Deque<Reservation>> taken = new HashMap<>();

  /**
   * Air that is taken.
   *
   * @param subBand where
   * @param atNanos when it was taken, by the monotonic clock
   * @param nanos how much
   */
  public record Reservation(SubBand subBand, long atNanos, long nanos) {}

  /** Whether a frame may still go out there. */
  public boolean hasRoom(SubBand subBand, Duration airTime, long nowNanos) {
    return usedNanos(subBand, nowNanos) + airTime.toNanos() <= limitNanos(subBand);
  }

  /** Takes the air for a frame. */
  public Reservation reserve(SubBand subBand, Duration airTime, long nowNanos) {
    Reservation reservation = new Reservation(subBand, nowNanos, airTime.toNanos());
    taken.computeIfAbsent(subBand.name(), name -> new ArrayDeque<>()).addLast(reservation);
    return reservation;
  }

  /** It was not sent. */
  public void giveBack(Reservation reservation) {
    Deque<Reservation> there = taken.get(reservation.subBand().name());
    if (there != null) {
      there.removeLastOccurrence(reservation);
    }
  }

  /** On the air within the last hour, nanoseconds. */
  public long usedNanos(SubBand subBand, long nowNanos) {
    Deque<Reservation> there = taken.get(subBand.name());
    if (there == null) {
      return 0;
    }
    while (!there.isEmpty() && nowNanos - there.getFirst().atNanos() >= OBSERVED.toNanos()) {
      there.removeFirst();
    }
    return there.stream().mapToLong(Reservation::nanos).sum();
  }

  private static long limitNanos(SubBand subBand) {
    return (long) (OBSERVED.toNanos() * subBand.dutyPercent() / 100);
  }
}
