package city.mycelium.driver.lorawan.internal.network;

import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.StateChange;
import city.mycelium.api.journal.StateStore;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import city.mycelium.api.time.TrustedTime;
import city.mycelium.driver.lorawan.internal.device.Devices;
import city.mycelium.driver.lorawan.internal.network.DeviceState.Queued;
import city.mycelium.driver.lorawan.internal.phy.DataFrame;
import city.mycelium.driver.lorawan.internal.phy.Direction;
import city.mycelium.driver.lorawan.internal.phy.FrameException;
import city.mycelium.driver.lorawan.internal.phy.JoinRequest;
import city.mycelium.driver.lorawan.internal.phy.PhyPayload;
import city.mycelium.driver.lorawan.internal.radio.Concentrator;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import city.mycelium.driver.lorawan.internal.radio.RadioListener;
import city.mycelium.driver.lorawan.internal.radio.Uplink;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A LoRaWAN network for devices of class A. Safe for use by many threads: all that it knows is
 * touched by tasks of its one Scheduler only, which never wait for the store.
 *
 * <p>The order of things for an uplink: copies of several concentrators are gathered, the MIC says
 * whose it is, its counter is stored and synced, then it is delivered, and what is safe is
 * acknowledged (docs/decisions/0110-lorawan-core.md).
 */
public final class Network implements RadioListener {

  private static final Logger LOG = LoggerFactory.getLogger(Network.class);

  /** Frames that wait for their turn, and no more: what is beyond is refused and counted. */
  private static final int MOST_WAITING = 20_000;

  private static final int MOST_QUEUED = 16;
  private static final int MOST_CONCENTRATORS = 1024;
  private static final int MOST_PAYLOAD = 242;
  private static final Duration LOAD_AGAIN = Duration.ofSeconds(5);
  private static final Duration ALONE_AFTER = Duration.ofMinutes(1);
  private static final Duration GONE_AFTER = Duration.ofMinutes(5);

  private final NetworkSettings settings;
  private final Clock clock;
  private final Scheduler scheduler;
  private final Memory memory;
  private final AirTimes airTimes;
  private final Roster roster;
  private final Tally tally;
  private final Uplinks uplinks;
  private final Joins joins;

  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong overloaded = new AtomicLong();

  /** Frames heard just now, by their bytes. */
  private final Map<ByteBuffer, Gathering> gathering = new HashMap<>();

  /** When each concentrator was last heard, and the first of them ever. */
  private final Map<Eui, Long> concentrators = new LinkedHashMap<>();

  private boolean isReady;
  private boolean hasStarted;
  private long aloneSinceNanos;

  /** A frame, and who has heard it so far. */
  private static final class Gathering {
    final PhyPayload frame;
    final List<Heard> heard = new ArrayList<>();
    boolean isTaken;

    Gathering(PhyPayload frame) {
      this.frame = frame;
    }
  }

  /**
   * A network that does nothing before {@link #start}.
   *
   * @param scheduler for this network alone; whoever made it closes it
   * @param random for addresses
   */
  public Network(
      NetworkSettings settings,
      Devices devices,
      Delivery delivery,
      StateStore store,
      Clock clock,
      TrustedTime trusted,
      Scheduler scheduler,
      RandomGenerator random) {
    this.settings = settings;
    this.clock = clock;
    this.scheduler = scheduler;
    memory = new Memory(store);
    roster = new Roster(devices, clock, settings);
    tally = new Tally(clock);
    airTimes = new AirTimes(clock, trusted, scheduler, memory);
    Transmitter transmitter = new Transmitter(settings, clock, scheduler, airTimes);
    Answers answers = new Answers(settings, clock, trusted, memory, transmitter, tally);
    uplinks = new Uplinks(clock, scheduler, memory, roster, tally, delivery, answers);
    joins = new Joins(settings, clock, scheduler, random, memory, roster, transmitter, tally);
  }

  /** Reads what is stored, and listens from then on. Returns at once. */
  public void start() {
    scheduler.execute(this::load);
  }

  private void load() {
    if (hasStarted) {
      return;
    }
    try {
      memory.load(roster::state, airTimes);
      airTimes.begin();
      roster.states().forEach(roster::index);
      hasStarted = true;
      isReady = true;
    } catch (JournalException e) {
      LOG.warn(
          "The counters of LoRaWAN devices cannot be read, and nothing is taken before they are;"
              + " trying again in {} s: {}",
          LOAD_AGAIN.toSeconds(),
          e.getMessage());
      scheduler.after(LOAD_AGAIN, this::load);
    }
  }

  @Override
  public void heard(Uplink uplink, Concentrator by) {
    if (waiting.incrementAndGet() > MOST_WAITING) {
      waiting.decrementAndGet();
      overloaded.incrementAndGet();
      return;
    }
    scheduler.execute(
        () -> {
          waiting.decrementAndGet();
          gather(uplink, new Heard(uplink.reception(), by));
        });
  }

  private void gather(Uplink uplink, Heard heard) {
    if (!isReady) {
      tally.refuse(Refusal.NOT_READY, "a concentrator");
      return;
    }
    boolean alone = isAlone(heard.reception().concentrator());
    ByteBuffer key = ByteBuffer.wrap(uplink.phyPayload());
    Gathering there = gathering.get(key);
    if (there != null) {
      tally.copies++;
      if (!there.isTaken) {
        there.heard.add(heard);
      }
      return;
    }
    PhyPayload frame;
    try {
      frame = PhyPayload.parse(uplink.phyPayload());
    } catch (FrameException e) {
      tally.refuse(
          Refusal.valueOf(e.reason().name()),
          "concentrator " + heard.reception().concentrator() + " (" + e.getMessage() + ")");
      return;
    }
    if (!isUplink(frame)) {
      tally.refuse(Refusal.NOT_AN_UPLINK, "concentrator " + heard.reception().concentrator());
      return;
    }
    Gathering fresh = new Gathering(frame);
    fresh.heard.add(heard);
    if (settings.copiesWithin().isZero()) {
      take(fresh);
      return;
    }
    gathering.put(key, fresh);
    if (alone) {
      take(fresh);
    }
    scheduler.after(
        settings.copiesWithin(),
        () -> {
          gathering.remove(key);
          take(fresh);
        });
  }

  private static boolean isUplink(PhyPayload frame) {
    return frame instanceof JoinRequest
        || (frame instanceof DataFrame data && data.header().direction() == Direction.UP);
  }

  /** Whether there is nobody to wait for: one concentrator, and no other for a while. */
  private boolean isAlone(Eui concentrator) {
    long now = clock.monotonicNanos();
    if (concentrators.isEmpty()) {
      aloneSinceNanos = now;
    }
    if (concentrators.size() < MOST_CONCENTRATORS || concentrators.containsKey(concentrator)) {
      concentrators.put(concentrator, now);
    }
    concentrators.values().removeIf(last -> now - last > GONE_AFTER.toNanos());
    if (concentrators.size() > 1) {
      aloneSinceNanos = now;
    }
    return now - aloneSinceNanos >= ALONE_AFTER.toNanos();
  }

  private void take(Gathering gathered) {
    if (gathered.isTaken) {
      return;
    }
    gathered.isTaken = true;
    List<Heard> heard = gathered.heard.stream().sorted(Heard.BEST_FIRST).toList();
    if (gathered.frame instanceof JoinRequest request) {
      joins.heard(request, heard);
    } else {
      uplinks.heard((DataFrame) gathered.frame, heard);
    }
  }

  /**
   * Keeps a downlink of the application, to go out after one of the device's next uplinks. One that
   * is not confirmed goes out once, or twice if the gateway fails in between; a confirmed one until
   * the device acknowledges it, at most eight times.
   *
   * @param fPort 1 to 223
   * @param bytes at most 242; how many fit depends on the data rate of the uplink
   * @return completes when it is stored, or not; never with an exception
   */
  public CompletableFuture<Enqueued> enqueue(
      Eui devEui, int fPort, byte[] bytes, boolean confirmed) {
    CompletableFuture<Enqueued> result = new CompletableFuture<>();
    byte[] copy = bytes.clone();
    scheduler.execute(() -> keep(devEui, fPort, copy, confirmed, result));
    return result;
  }

  private void keep(
      Eui devEui, int fPort, byte[] bytes, boolean confirmed, CompletableFuture<Enqueued> result) {
    if (!isReady || roster.device(devEui).isEmpty()) {
      result.complete(new Enqueued.Refused("no device " + devEui + " is registered here"));
      return;
    }
    if (fPort < 1 || fPort > 223 || bytes.length > MOST_PAYLOAD) {
      result.complete(
          new Enqueued.Refused("a downlink has a port of 1 to 223 and at most 242 bytes"));
      return;
    }
    DeviceState state = roster.state(devEui);
    if (state.queue.size() >= MOST_QUEUED) {
      result.complete(
          new Enqueued.Refused(MOST_QUEUED + " downlinks wait for device " + devEui + " already"));
      return;
    }
    Queued last = state.queue.peekLast();
    Queued item = new Queued(last == null ? 1 : last.number() + 1, fPort, confirmed, bytes, 0);
    state.queue.addLast(item);
    var unused =
        memory
            .write(List.of(Memory.queued(devEui, item)))
            .whenComplete(
                (nothing, failure) ->
                    scheduler.execute(
                        () -> {
                          if (failure == null) {
                            result.complete(new Enqueued.Kept());
                          } else {
                            state.queue.remove(item);
                            result.complete(
                                new Enqueued.Refused(
                                    "it could not be stored: " + failure.getMessage()));
                          }
                        }));
  }

  /**
   * A device is no longer registered: its sessions and waiting downlinks are forgotten; its used
   * DevNonces are not, so that an old join cannot be replayed if it comes back.
   *
   * @return completes when that is stored
   */
  public CompletableFuture<Void> forget(Eui devEui) {
    CompletableFuture<Void> result = new CompletableFuture<>();
    scheduler.execute(() -> forget(devEui, result));
    return result;
  }

  private void forget(Eui devEui, CompletableFuture<Void> result) {
    Optional<DeviceState> known = roster.known(devEui);
    if (known.isEmpty()) {
      result.complete(null);
      return;
    }
    DeviceState state = known.get();
    List<StateChange> changes = new ArrayList<>();
    state.queue.forEach(item -> changes.add(Memory.done(devEui, item.number())));
    roster.forget(state);
    changes.add(Memory.device(state));
    var unused =
        memory
            .write(changes)
            .whenComplete(
                (nothing, failure) -> {
                  if (failure == null) {
                    result.complete(null);
                  } else {
                    result.completeExceptionally(failure);
                  }
                });
  }

  /** How it stands; completes soon, never with an exception. */
  public CompletableFuture<NetworkSnapshot> snapshot() {
    CompletableFuture<NetworkSnapshot> result = new CompletableFuture<>();
    scheduler.execute(
        () -> {
          tally.overloaded(overloaded.getAndSet(0));
          result.complete(tally.snapshot(roster));
        });
    return result;
  }
}
