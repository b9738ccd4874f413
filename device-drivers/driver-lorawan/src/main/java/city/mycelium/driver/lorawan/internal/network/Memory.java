package city.mycelium.driver.lorawan.internal.network;

import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.StateChange;
import city.mycelium.api.journal.StateStore;
import city.mycelium.driver.lorawan.internal.network.DeviceState.Queued;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to outlive the gateway's process: counters, sessions, used DevNonces, waiting downlinks,
 * air time. Writes return at once; many of them share a commit.
 */
final class Memory {

  private static final Logger LOG = LoggerFactory.getLogger(Memory.class);

  private static final String DEVICES = "lorawan.device";
  private static final String NONCES = "lorawan.nonce";
  private static final String QUEUES = "lorawan.queue";
  private static final String AIR = "lorawan.air";
  private static final int PAGE = 500;
  private static final int HEX = 16;
  private static final byte[] NOTHING = {};

  private final StateStore store;

  Memory(StateStore store) {
    this.store = store;
  }

  /** What is done with an entry. */
  private interface Entry {
    void take(Eui eui, String rest, byte[] value);
  }

  /**
   * Reads all of it. Blocks.
   *
   * @param states gives the state of a device
   * @param airTimes takes what concentrators have sent
   * @throws JournalException if the medium fails
   */
  void load(Function<Eui, DeviceState> states, AirTimes airTimes) throws JournalException {
    each(AIR, airTimes::stored);
    each(DEVICES, (devEui, rest, value) -> states.apply(devEui).decode(value));
    each(
        NONCES,
        (devEui, rest, value) -> states.apply(devEui).usedNonces.add(Integer.parseInt(rest, HEX)));
    each(
        QUEUES,
        (devEui, rest, value) ->
            states.apply(devEui).queue.addLast(queued(Long.parseLong(rest, HEX), value)));
  }

  private void each(String component, Entry entry) throws JournalException {
    String after = "";
    List<StateStore.Entry> page;
    do {
      page = store.scan(component, after, PAGE);
      for (StateStore.Entry found : page) {
        after = found.key();
        try {
          String[] parts = found.key().split("/", 2);
          entry.take(Eui.parse(parts[0]), parts.length > 1 ? parts[1] : "", found.value());
        } catch (IllegalArgumentException e) {
          LOG.warn(
              "What is stored of {} in {} cannot be read and is left out: {}. If the device is no"
                  + " longer heard, let it join anew.",
              found.key(),
              component,
              e.getMessage());
        }
      }
    } while (page.size() == PAGE);
  }

  /** Completes when all is safe. */
  CompletableFuture<Void> write(List<StateChange> changes) {
    return store.write(changes);
  }

  static StateChange device(DeviceState state) {
    return StateChange.put(DEVICES, state.devEui.toString(), state.encode());
  }

  static StateChange nonce(Eui devEui, int devNonce) {
    return StateChange.put(NONCES, devEui + "/" + String.format("%04x", devNonce), NOTHING);
  }

  static StateChange queued(Eui devEui, Queued item) {
    byte[] value =
        ByteBuffer.allocate(2 + item.bytes().length)
            .put((byte) item.fPort())
            .put((byte) (item.confirmed() ? 1 : 0))
            .put(item.bytes())
            .array();
    return StateChange.put(QUEUES, key(devEui, item.number()), value);
  }

  static StateChange done(Eui devEui, long number) {
    return StateChange.remove(QUEUES, key(devEui, number));
  }

  static StateChange air(Eui concentrator, String subBand, byte[] value) {
    return StateChange.put(AIR, concentrator + "/" + subBand, value);
  }

  static StateChange airOver(Eui concentrator, String subBand) {
    return StateChange.remove(AIR, concentrator + "/" + subBand);
  }

  private static String key(Eui devEui, long number) {
    return devEui + "/" + String.format("%016x", number);
  }

  private static Queued queued(long number, byte[] value) {
    if (value.length < 2) {
      throw new IllegalArgumentException("cut off");
    }
    ByteBuffer from = ByteBuffer.wrap(value);
    int fPort = from.get() & 0xff;
    boolean confirmed = from.get() != 0;
    byte[] bytes = new byte[from.remaining()];
    from.get(bytes);
    return new Queued(number, fPort, confirmed, bytes, 0);
  }
}
