package city.mycelium.driver.lorawan.internal.network;

import city.mycelium.api.journal.StateChange;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import city.mycelium.driver.lorawan.internal.device.Activation;
import city.mycelium.driver.lorawan.internal.device.RegisteredDevice;
import city.mycelium.driver.lorawan.internal.phy.Aes;
import city.mycelium.driver.lorawan.internal.phy.CfList;
import city.mycelium.driver.lorawan.internal.phy.JoinAccept;
import city.mycelium.driver.lorawan.internal.phy.JoinRequest;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Devices that come in over the air (LoRaWAN 1.0.3, 6.2). A DevNonce is stored before the join is
 * answered, so that the same request is never answered twice, whatever happens in between. Touched
 * by the network's tasks only.
 */
final class Joins {

  /** JOIN_ACCEPT_DELAY1 (RP002, 2.x.7 and the list of default settings). */
  private static final int ACCEPT_DELAY_SECONDS = 5;

  /** Bytes of a join-accept with a CFList (6.2.5). */
  private static final int LONGEST_ACCEPT = 33;

  /** Join-requests that are looked at, of all devices together. */
  private static final int AT_ONCE = 2000;

  private static final int PER_SECOND = 500;

  private final NetworkSettings settings;
  private final Clock clock;
  private final Scheduler scheduler;
  private final RandomGenerator random;
  private final Memory memory;
  private final Roster roster;
  private final Transmitter transmitter;
  private final Tally tally;
  private final TokenBucket all;

  Joins(
      NetworkSettings settings,
      Clock clock,
      Scheduler scheduler,
      RandomGenerator random,
      Memory memory,
      Roster roster,
      Transmitter transmitter,
      Tally tally) {
    this.settings = settings;
    this.clock = clock;
    this.scheduler = scheduler;
    this.random = random;
    this.memory = memory;
    this.roster = roster;
    this.transmitter = transmitter;
    this.tally = tally;
    all = new TokenBucket(AT_ONCE, PER_SECOND, clock.monotonicNanos());
  }

  void heard(JoinRequest request, List<Heard> heard) {
    Optional<RegisteredDevice> registered = roster.device(request.devEui());
    if (registered.isEmpty()) {
      tally.refuseStranger(Refusal.UNKNOWN_DEVICE, "DevEUI " + request.devEui());
      return;
    }
    RegisteredDevice device = registered.get();
    DeviceState state = roster.state(device.devEui());
    if (!(device.activation() instanceof Activation.Otaa otaa)) {
      tally.refuse(Refusal.NOT_OVER_THE_AIR, state);
      return;
    }
    if (!request.joinEui().equals(device.joinEui())) {
      tally.refuse(Refusal.WRONG_JOIN_EUI, state);
      return;
    }
    long now = clock.monotonicNanos();
    if (!state.joins.take(now) || !all.take(now)) {
      tally.refuse(Refusal.JOIN_FLOOD, state);
      return;
    }
    Aes root = new Aes(otaa.appKey());
    if (!request.isFrom(root)) {
      tally.refuse(Refusal.WRONG_MIC, state);
      return;
    }
    if (isUsed(request.devNonce(), device, state)) {
      tally.refuse(Refusal.DEV_NONCE_USED, state);
      return;
    }
    welcome(request, device, state, root, heard);
  }

  /** 1.0.3, 6.2.4: never one that has been; 1.0.4, 6.2.2: always more than the last. */
  private static boolean isUsed(int devNonce, RegisteredDevice device, DeviceState state) {
    return device.version() == RegisteredDevice.Version.V1_0_4
        ? devNonce <= state.lastDevNonce
        : state.usedNonces.contains(devNonce);
  }

  private void welcome(
      JoinRequest request,
      RegisteredDevice device,
      DeviceState state,
      Aes root,
      List<Heard> heard) {
    Session session =
        new Session(
            state.nextStamp(clock.epochMillis()),
            DevAddrs.draw(settings.netId(), random),
            settings.netId(),
            request.devNonce(),
            Session.keyCheck(device.activation()),
            settings.rxDelaySeconds(),
            settings.rx2DataRate());
    session.reserveDown();
    Session replaced = state.pending;
    state.pending = session;
    state.usedNonces.add(request.devNonce());
    state.lastDevNonce = Math.max(state.lastDevNonce, request.devNonce());
    if (replaced != null) {
      roster.unindex(state, replaced);
    }
    roster.index(state);
    transmitter.prepare(heard, settings.region().rx2DataRate(), LONGEST_ACCEPT);
    List<StateChange> changes =
        List.of(Memory.device(state), Memory.nonce(state.devEui, request.devNonce()));
    var unused =
        memory
            .write(changes)
            .whenComplete(
                (nothing, failure) ->
                    scheduler.execute(
                        () -> {
                          if (failure != null) {
                            // The nonce stays used in memory: the device has more of them.
                            tally.refuse(Refusal.STORAGE, state);
                          } else {
                            session.storedDown = session.reservedDown;
                            answer(session, state, root, heard);
                          }
                        }));
  }

  private void answer(Session session, DeviceState state, Aes root, List<Heard> heard) {
    List<Long> more = settings.region().moreChannelsHz();
    JoinAccept accept =
        new JoinAccept(
            session.stamp,
            session.netId,
            session.devAddr,
            0,
            session.rx2DataRate,
            session.rxDelaySeconds,
            more.isEmpty() ? Optional.empty() : Optional.of(CfList.ofFrequencies(more)));
    transmitter.send(
        new Transmitter.Answer(
            state.devEui,
            accept.build(root),
            ACCEPT_DELAY_SECONDS,
            settings.region().rx2DataRate(),
            0),
        heard,
        outcome -> {
          tally.outcome(outcome);
          if (outcome == Transmitter.Outcome.SENT) {
            state.joined++;
            state.downlinks++;
            tally.joins++;
          }
        });
  }
}
