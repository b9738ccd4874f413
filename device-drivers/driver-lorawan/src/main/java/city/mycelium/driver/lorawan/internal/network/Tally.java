package city.mycelium.driver.lorawan.internal.network;

import city.mycelium.api.time.Clock;
import city.mycelium.driver.lorawan.internal.network.NetworkSnapshot.DeviceStatus;
import city.mycelium.driver.lorawan.internal.radio.Reception;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts everything, and says what is refused: each reason at most once a minute, however many
 * frames come. Touched by the network's tasks only.
 */
final class Tally {

  private static final Logger LOG = LoggerFactory.getLogger(Network.class);
  private static final long SAID_EVERY_NANOS = Duration.ofMinutes(1).toNanos();

  private final Clock clock;
  private final Strangers strangers = new Strangers();
  private final Map<Refusal, Long> refusals = new EnumMap<>(Refusal.class);
  private final Map<Refusal, Long> saidAtNanos = new EnumMap<>(Refusal.class);
  private final Map<Refusal, Long> notSaid = new EnumMap<>(Refusal.class);

  long frames;
  long copies;
  long retransmissions;
  long joins;
  long downlinks;
  long acknowledged;
  long tooLate;
  long noAirTime;
  long notSent;

  Tally(Clock clock) {
    this.clock = clock;
  }

  /** Something of nobody that is known. */
  void refuse(Refusal why, String of) {
    refusals.merge(why, 1L, Long::sum);
    say(why, of);
  }

  /** Something of somebody who has a name, but is none of ours. */
  void refuseStranger(Refusal why, String name) {
    strangers.heard(name, why, clock.epochMillis());
    refuse(why, name);
  }

  /** Something of a device of ours. */
  void refuse(Refusal why, DeviceState state) {
    state.refusals.merge(why, 1L, Long::sum);
    refuse(why, "device " + state.devEui);
  }

  /** Frames for which there was no room. */
  void overloaded(long more) {
    if (more > 0) {
      refusals.merge(Refusal.OVERLOAD, more, Long::sum);
      say(Refusal.OVERLOAD, "a concentrator");
    }
  }

  /** What became of an answer. */
  void outcome(Transmitter.Outcome outcome) {
    switch (outcome) {
      case SENT -> downlinks++;
      case TOO_LATE -> tooLate++;
      case NO_AIR_TIME -> noAirTime++;
      case NOT_SENT -> notSent++;
    }
  }

  private void say(Refusal why, String of) {
    long now = clock.monotonicNanos();
    Long saidAt = saidAtNanos.get(why);
    if (saidAt != null && now - saidAt < SAID_EVERY_NANOS) {
      notSaid.merge(why, 1L, Long::sum);
      return;
    }
    saidAtNanos.put(why, now);
    Long before = notSaid.remove(why);
    LOG.warn(
        "A frame of {} was refused: {}.{}",
        of,
        why.words(),
        before == null ? "" : " So were " + before + " others since this was last said.");
  }

  NetworkSnapshot snapshot(Roster roster) {
    List<DeviceStatus> devices =
        roster.devices().stream()
            .map(device -> roster.known(device.devEui()).orElseGet(() -> unheard(device)))
            .map(Tally::status)
            .toList();
    return new NetworkSnapshot(
        frames,
        copies,
        retransmissions,
        joins,
        downlinks,
        acknowledged,
        tooLate,
        noAirTime,
        notSent,
        refusals,
        devices,
        strangers.all());
  }

  private static DeviceState unheard(
      city.mycelium.driver.lorawan.internal.device.RegisteredDevice device) {
    return new DeviceState(device.devEui(), new TokenBucket(1, 1, 0));
  }

  private static Optional<Double> known(double value) {
    return Double.isNaN(value) ? Optional.empty() : Optional.of(value);
  }

  private static DeviceStatus status(DeviceState state) {
    Session session = state.active;
    Optional<Reception> last = Optional.ofNullable(state.lastReception);
    return new DeviceStatus(
        state.devEui,
        session != null,
        session == null ? 0 : session.devAddr,
        session == null ? -1 : session.fCntUp,
        state.frames,
        state.lost,
        state.retransmissions,
        state.joined,
        state.downlinks,
        state.lastSeenEpochMillis,
        known(state.rssiDbm),
        known(state.snrDb),
        last.map(Reception::dataRate),
        state.battery,
        state.queue.size(),
        state.refusals);
  }
}
