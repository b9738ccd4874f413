package city.mycelium.driver.lorawan.internal.network;

import city.mycelium.api.time.Clock;
import city.mycelium.driver.lorawan.internal.device.Activation;
import city.mycelium.driver.lorawan.internal.device.Devices;
import city.mycelium.driver.lorawan.internal.device.RegisteredDevice;
import city.mycelium.driver.lorawan.internal.phy.SessionKeys;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The devices that the network has to do with, and whose session an address may be. Touched by the
 * network's tasks only.
 */
final class Roster {

  /** Join-requests of one device that are looked at: so many at once, then one a second. */
  private static final int JOINS_AT_ONCE = 60;

  private final Devices devices;
  private final Clock clock;
  private final NetworkSettings settings;
  private final Map<Eui, DeviceState> states = new TreeMap<>();
  private final Map<Integer, Set<DeviceState>> byAddress = new HashMap<>();

  /** A session that a frame may belong to. */
  record Candidate(RegisteredDevice device, DeviceState state, Session session, SessionKeys keys) {}

  Roster(Devices devices, Clock clock, NetworkSettings settings) {
    this.devices = devices;
    this.clock = clock;
    this.settings = settings;
  }

  Optional<RegisteredDevice> device(Eui devEui) {
    return devices.device(devEui);
  }

  List<RegisteredDevice> devices() {
    return devices.all();
  }

  /** What is known of a device; only for those that are registered, or were. */
  DeviceState state(Eui devEui) {
    return states.computeIfAbsent(
        devEui,
        unknown ->
            new DeviceState(unknown, new TokenBucket(JOINS_AT_ONCE, 1, clock.monotonicNanos())));
  }

  Optional<DeviceState> known(Eui devEui) {
    return Optional.ofNullable(states.get(devEui));
  }

  Collection<DeviceState> states() {
    return states.values();
  }

  /** Finds its sessions by address from now on. */
  void index(DeviceState state) {
    state
        .sessions()
        .forEach(
            session ->
                byAddress
                    .computeIfAbsent(session.devAddr, address -> new LinkedHashSet<>())
                    .add(state));
  }

  /** Its session is over, unless it has another one under the same address. */
  void unindex(DeviceState state, Session over) {
    if (state.sessions().noneMatch(session -> session.devAddr == over.devAddr)) {
      Set<DeviceState> there = byAddress.get(over.devAddr);
      if (there != null && there.remove(state) && there.isEmpty()) {
        byAddress.remove(over.devAddr);
      }
    }
  }

  /** Its sessions and what waits for it are over; what must never come twice is kept. */
  void forget(DeviceState state) {
    List<Session> sessions = state.sessions().toList();
    state.active = null;
    state.pending = null;
    sessions.forEach(session -> unindex(state, session));
    state.queue.clear();
    state.forgetWhatWasHeard();
  }

  /** All sessions with this address: it is not unique, the MIC decides. */
  List<Candidate> candidates(int devAddr) {
    List<Candidate> found = new ArrayList<>();
    for (DeviceState state : byAddress.getOrDefault(devAddr, Set.of())) {
      devices
          .device(state.devEui)
          .filter(device -> device.activation() instanceof Activation.Otaa)
          .ifPresent(
              device ->
                  state
                      .sessions()
                      .filter(session -> session.devAddr == devAddr)
                      .forEach(session -> add(found, device, state, session)));
    }
    for (RegisteredDevice device : devices.personalized(devAddr)) {
      DeviceState state = state(device.devEui());
      add(found, device, state, personalized(device, state, devAddr));
    }
    return found;
  }

  private static void add(
      List<Candidate> to, RegisteredDevice device, DeviceState state, Session session) {
    SessionKeys keys = session.keys(device.activation());
    if (keys != null) {
      to.add(new Candidate(device, state, session, keys));
    }
  }

  /** The session of a device that needs no join; a new one if address or key have changed. */
  private Session personalized(RegisteredDevice device, DeviceState state, int devAddr) {
    Session session = state.active;
    if (session == null
        || session.devAddr != devAddr
        || session.keys(device.activation()) == null) {
      session = newPersonalized(device, state, devAddr);
    }
    return session;
  }

  /** A session that begins at 0. */
  Session newPersonalized(RegisteredDevice device, DeviceState state, int devAddr) {
    Session session =
        new Session(
            state.nextStamp(clock.epochMillis()),
            devAddr,
            settings.netId(),
            0,
            Session.keyCheck(device.activation()),
            1,
            settings.region().rx2DataRate());
    state.active = session;
    return session;
  }
}
