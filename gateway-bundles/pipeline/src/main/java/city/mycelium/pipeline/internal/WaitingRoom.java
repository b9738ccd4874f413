package city.mycelium.pipeline.internal;

import city.mycelium.api.driver.IntakeException;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.StateChange;
import city.mycelium.api.journal.StateStore;
import city.mycelium.api.observation.DeviceId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Readings of devices that nobody has adopted yet: kept in the state store, and only counted here,
 * so that a patient device costs no memory. Guarded by the pipeline's lock.
 */
final class WaitingRoom {

  private static final Logger LOG = LoggerFactory.getLogger(WaitingRoom.class);
  private static final String HELD = "pipeline.held";
  private static final String EXPIRED = "pipeline.expired";
  private static final int PAGE = 100;

  private final StateStore state;
  private final PipelineSettings settings;
  private final Map<DeviceId, Guest> guests = new TreeMap<>();

  /** Of all devices together: so no key is ever used twice, whoever comes and goes. */
  private long nextSequence = 1;

  /** One submission that waits, as it is kept under its key. */
  record Stay(String key, int bytes, HeldCodec.Held held) {

    int readings() {
      return held.readings().size();
    }
  }

  /** A submission on its way to the medium: what to write, and what then to count. */
  record Holding(DeviceId device, int bytes, int readings, long receivedAt, StateChange change) {}

  /** A device that waits, or whose first submission is on its way to the medium. */
  private static final class Guest {
    int arriving;
    int stays;
    long bytes;
    long readings;
    long lastReceivedAt;
    boolean hasLost;

    void add(int stayBytes, int stayReadings, long receivedAt) {
      stays++;
      bytes += stayBytes;
      readings += stayReadings;
      lastReceivedAt = Math.max(lastReceivedAt, receivedAt);
    }
  }

  /**
   * What a person is told about a waiting device.
   *
   * @param heldReadings how many wait
   * @param firstReceivedAt of those that wait, UTC epoch milliseconds
   * @param lastReceivedAt likewise
   */
  record Waiting(DeviceId device, long heldReadings, long firstReceivedAt, long lastReceivedAt) {}

  private WaitingRoom(StateStore state, PipelineSettings settings) {
    this.state = state;
    this.settings = settings;
  }

  static WaitingRoom open(StateStore state, PipelineSettings settings) throws JournalException {
    WaitingRoom room = new WaitingRoom(state, settings);
    String after = "";
    List<StateStore.Entry> page;
    do {
      page = state.scan(HELD, after, PAGE);
      for (StateStore.Entry entry : page) {
        after = entry.key();
        room.count(entry);
      }
    } while (page.size() == PAGE);
    return room;
  }

  private void count(StateStore.Entry entry) {
    int slash = entry.key().lastIndexOf('/');
    DeviceId device = new DeviceId(entry.key().substring(0, slash));
    nextSequence = Math.max(nextSequence, Long.parseLong(entry.key().substring(slash + 1)) + 1);
    try {
      HeldCodec.Held held = HeldCodec.decode(device, entry.value());
      guests
          .computeIfAbsent(device, d -> new Guest())
          .add(entry.value().length, held.readings().size(), held.received().receivedAt());
    } catch (IOException e) {
      LOG.error(
          "what was held for {} under {} cannot be read, so it will not be released; it stays where"
              + " it is: {}",
          device,
          entry.key(),
          e.getMessage());
    }
  }

  /**
   * Prepares to hold Readings; nothing of it is held before {@link #held}, and each Holding ends in
   * that or in {@link #failed}.
   *
   * @throws IntakeException if too many unknown devices speak; then nothing is prepared
   */
  List<Holding> prepare(Map<DeviceId, List<Reading>> unadopted, Received received)
      throws IntakeException {
    requireRoomFor(unadopted.keySet(), Set.of());
    return admit(unadopted, received);
  }

  /**
   * Refuses devices that nobody knows when there are too many of them already.
   *
   * @param alsoWaiting further unadopted devices that wait elsewhere
   * @throws IntakeException if too many unknown devices speak
   */
  void requireRoomFor(Set<DeviceId> unadopted, Set<DeviceId> alsoWaiting) throws IntakeException {
    Set<DeviceId> known = new TreeSet<>(guests.keySet());
    known.addAll(alsoWaiting);
    List<DeviceId> strangers =
        unadopted.stream().filter(device -> !known.contains(device)).toList();
    if (!strangers.isEmpty() && known.size() + strangers.size() > settings.heldDevices()) {
      throw new IntakeException(
          IntakeException.Reason.BUSY,
          known.size()
              + " devices wait for adoption already, so "
              + strangers
              + " are not listened to. Adopt what is yours (mycelium device list), then try again.");
    }
  }

  /** As {@link #prepare}, for Readings that were accepted before: they are never turned away. */
  List<Holding> admit(Map<DeviceId, List<Reading>> unadopted, Received received) {
    List<Holding> holdings = new ArrayList<>();
    unadopted.forEach(
        (device, readings) -> {
          byte[] bytes = HeldCodec.encode(new HeldCodec.Held(received, readings));
          StateChange change = StateChange.put(HELD, key(device, nextSequence++), bytes);
          holdings.add(
              new Holding(device, bytes.length, readings.size(), received.receivedAt(), change));
        });
    holdings.forEach(
        holding -> guests.computeIfAbsent(holding.device(), d -> new Guest()).arriving++);
    return holdings;
  }

  /** The submission is on the medium. */
  void held(Holding holding) {
    Guest guest = guest(holding.device());
    guest.arriving--;
    guest.add(holding.bytes(), holding.readings(), holding.receivedAt());
  }

  /** The submission could not be kept. */
  void failed(Holding holding) {
    guest(holding.device()).arriving--;
    dismissIfGone(holding.device());
  }

  /** Whether more is held for the device than there is room for. */
  boolean overflows(DeviceId device) {
    return guest(device).bytes > settings.heldBytesPerDevice();
  }

  /** Devices of which something is held. */
  Collection<DeviceId> devices() {
    return guests.entrySet().stream()
        .filter(entry -> entry.getValue().stays > 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * What is held for a device, oldest first; what cannot be read is passed over.
   *
   * @param after the key of the last Stay that is known; empty for the beginning
   */
  List<Stay> stays(DeviceId device, String after, int atMost) throws JournalException {
    String prefix = device + "/";
    String last = after.isEmpty() ? prefix : after;
    List<Stay> stays = new ArrayList<>();
    while (stays.size() < atMost) {
      List<StateStore.Entry> page = state.scan(HELD, last, atMost);
      for (StateStore.Entry entry : page) {
        if (!entry.key().startsWith(prefix) || stays.size() == atMost) {
          return stays;
        }
        last = entry.key();
        read(device, entry).ifPresent(stays::add);
      }
      if (page.size() < atMost) {
        break;
      }
    }
    return stays;
  }

  private static Optional<Stay> read(DeviceId device, StateStore.Entry entry) {
    try {
      return Optional.of(
          new Stay(entry.key(), entry.value().length, HeldCodec.decode(device, entry.value())));
    } catch (IOException e) {
      LOG.debug("{} cannot be read, as was said at the start", entry.key());
      return Optional.empty();
    }
  }

  /**
   * The oldest of what waits too long or is too much, at most a page of it.
   *
   * @param now the trusted time; empty if there is none, and then nothing is too old
   */
  List<Stay> overdue(DeviceId device, OptionalLong now) throws JournalException {
    Guest guest = guests.get(device);
    if (guest == null) {
      return List.of();
    }
    long oldest =
        now.isPresent() ? now.getAsLong() - settings.heldFor().toMillis() : Long.MIN_VALUE;
    long tooMuch = guest.bytes - settings.heldBytesPerDevice();
    List<Stay> overdue = new ArrayList<>();
    for (Stay stay : stays(device, "", PAGE)) {
      if (tooMuch <= 0 && stay.held().received().receivedAt() >= oldest) {
        break;
      }
      tooMuch -= stay.bytes();
      overdue.add(stay);
    }
    return overdue;
  }

  /** Changes that let go of these, with the count of their Readings kept. */
  List<StateChange> expire(DeviceId device, List<Stay> overdue) throws JournalException {
    long readings = overdue.stream().mapToLong(Stay::readings).sum();
    List<StateChange> changes = new ArrayList<>();
    overdue.forEach(stay -> changes.add(remove(stay)));
    changes.add(countLost(device, readings));
    if (!guest(device).hasLost) {
      guest(device).hasLost = true;
      LOG.warn(
          "{} readings of {} have waited too long or are too many, and are given up; so will the"
              + " next ones, until somebody adopts it",
          readings,
          device);
    }
    return changes;
  }

  static StateChange remove(Stay stay) {
    return StateChange.remove(HELD, stay.key());
  }

  /** A change that counts Readings which were held and will never be Observations. */
  StateChange countLost(DeviceId device, long readings) throws JournalException {
    long lost = state.get(EXPIRED, device.value()).map(WaitingRoom::number).orElse(0L) + readings;
    return StateChange.put(
        EXPIRED, device.value(), ByteBuffer.allocate(Long.BYTES).putLong(lost).array());
  }

  /** These have left, durably. */
  void left(DeviceId device, List<Stay> stays) {
    Guest guest = guest(device);
    for (Stay stay : stays) {
      guest.stays--;
      guest.bytes -= stay.bytes();
      guest.readings -= stay.readings();
    }
    dismissIfGone(device);
  }

  private void dismissIfGone(DeviceId device) {
    Guest guest = guest(device);
    if (guest.stays == 0 && guest.arriving == 0) {
      guests.remove(device);
    }
  }

  private Guest guest(DeviceId device) {
    Guest guest = guests.get(device);
    if (guest == null) {
      throw new IllegalStateException(device + " does not wait here");
    }
    return guest;
  }

  List<Waiting> list() throws JournalException {
    List<Waiting> list = new ArrayList<>();
    for (DeviceId device : devices()) {
      List<Stay> oldest = stays(device, "", 1);
      long last = guest(device).lastReceivedAt;
      long first = oldest.isEmpty() ? last : oldest.get(0).held().received().receivedAt();
      list.add(new Waiting(device, guest(device).readings, first, last));
    }
    return list;
  }

  /** How many Readings of each device were held and given up, ever. */
  Map<DeviceId, Long> lost() throws JournalException {
    Map<DeviceId, Long> lost = new TreeMap<>();
    String after = "";
    List<StateStore.Entry> page;
    do {
      page = state.scan(EXPIRED, after, PAGE);
      for (StateStore.Entry entry : page) {
        after = entry.key();
        lost.put(new DeviceId(entry.key()), number(entry.value()));
      }
    } while (page.size() == PAGE);
    return lost;
  }

  private static long number(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getLong();
  }

  /** A device id holds no slash; the digits make the order of keys the order of arrival. */
  private static String key(DeviceId device, long sequence) {
    return String.format("%s/%019d", device, sequence);
  }
}
