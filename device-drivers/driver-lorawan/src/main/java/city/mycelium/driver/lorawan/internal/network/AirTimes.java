package city.mycelium.driver.lorawan.internal.network;

import city.mycelium.api.journal.StateChange;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import city.mycelium.api.time.TrustedTime;
import city.mycelium.driver.lorawan.internal.network.StoredAir.Promise;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import city.mycelium.driver.lorawan.internal.region.AirTime;
import city.mycelium.driver.lorawan.internal.region.SubBand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What each concentrator, a transmitter with a duty cycle of its own, was on the air in each
 * sub-band; kept over restarts. Touched by the network's tasks only.
 *
 * <p>Air is stored ahead, a block at a time, before the first frame of the block is handed over, as
 * counters for downlinks are: after a restart all of the block counts as used.
 */
final class AirTimes {

  private static final Logger LOG = LoggerFactory.getLogger(AirTimes.class);

  /** A block is this part of what is allowed in an hour: 0.56 s of 1 %, thirteen short answers. */
  private static final int BLOCKS = 64;

  private final Clock clock;
  private final TrustedTime time;
  private final Scheduler scheduler;
  private final Memory memory;
  private final Map<Place, StoredAir> airs = new HashMap<>();
  private long startedNanos;

  private record Place(Eui concentrator, String subBand) {}

  AirTimes(Clock clock, TrustedTime time, Scheduler scheduler, Memory memory) {
    this.clock = clock;
    this.time = time;
    this.scheduler = scheduler;
    this.memory = memory;
  }

  /** Takes what a process before this one stored. */
  void stored(Eui concentrator, String subBand, byte[] value) {
    StoredAir air = air(concentrator, subBand);
    try {
      air.decode(value);
    } catch (IllegalArgumentException e) {
      LOG.warn(
          "What concentrator {} has sent in the sub-band {} cannot be read ({}): it sends nothing"
              + " there for an hour.",
          concentrator,
          subBand,
          e.getMessage());
      air.unknown(time.now());
    }
  }

  /** All is read; what no longer counts is removed. */
  void begin() {
    startedNanos = clock.monotonicNanos();
    List<StateChange> over = new ArrayList<>();
    airs.entrySet()
        .removeIf(
            entry -> {
              entry.getValue().usedNanos(clock, time, startedNanos);
              boolean isOver = entry.getValue().isEmpty();
              if (isOver) {
                over.add(Memory.airOver(entry.getKey().concentrator(), entry.getKey().subBand()));
              }
              return isOver;
            });
    if (!over.isEmpty()) {
      var unused = memory.write(over); // if it fails: the next start tries again
    }
  }

  private StoredAir air(Eui concentrator, String subBand) {
    return airs.computeIfAbsent(new Place(concentrator, subBand), place -> new StoredAir());
  }

  /** Whether a frame may still go out there. */
  boolean hasRoom(Eui concentrator, SubBand subBand, Duration airTime) {
    long used = air(concentrator, subBand.name()).usedNanos(clock, time, startedNanos);
    return used + airTime.toNanos() <= subBand.airTimePerHour().toNanos();
  }

  /** Takes the air for a frame, which may go out when {@link #keep} is done. */
  AirTime.Reservation reserve(Eui concentrator, SubBand subBand, Duration airTime) {
    return air(concentrator, subBand.name()).own().reserve(airTime, clock.monotonicNanos());
  }

  /** It was not sent. */
  void giveBack(Eui concentrator, SubBand subBand, AirTime.Reservation reservation) {
    air(concentrator, subBand.name()).own().giveBack(reservation);
  }

  /**
   * Stores what is taken, and a block more, if it is not stored already.
   *
   * @param more what will be taken soon
   * @return completes in a task of the network when that is safe, fails if it cannot be stored; has
   *     completed already if it was safe before
   */
  CompletableFuture<Void> keep(Eui concentrator, SubBand subBand, Duration more) {
    StoredAir air = air(concentrator, subBand.name());
    long now = clock.monotonicNanos();
    long end = AirTime.end(StoredAir.STRETCH, now);
    long taken = air.takenNanos(now) + more.toNanos();
    if (!subBand.isLimited() || air.isStored(end, taken)) {
      return CompletableFuture.completedFuture(null);
    }
    if (air.isAsked(end, taken)) {
      return air.asking();
    }
    Promise promise = new Promise(end, taken + subBand.airTimePerHour().toNanos() / BLOCKS);
    CompletableFuture<Void> done = new CompletableFuture<>();
    air.ask(promise, done);
    byte[] value = air.encode(promise, time.now().boot(), now);
    var unused =
        memory
            .write(List.of(Memory.air(concentrator, subBand.name(), value)))
            .whenComplete(
                (nothing, failure) ->
                    scheduler.execute(
                        () -> {
                          if (failure == null) {
                            air.kept(promise);
                            done.complete(null);
                          } else {
                            air.notKept();
                            done.completeExceptionally(failure);
                          }
                        }));
    return done;
  }
}
