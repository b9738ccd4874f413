package city.mycelium.driver.lorawan.internal.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.StateChange;
import city.mycelium.api.journal.StateStore;
import city.mycelium.driver.lorawan.internal.network.DeviceState.Queued;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import city.mycelium.testkit.HandScheduler;
import city.mycelium.testkit.InMemoryJournal;
import city.mycelium.testkit.LeapingClock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MemoryTest {

  /** More than one page of the store. */
  private static final int QUEUED = 600;

  private static final Eui DEVICE = Eui.parse("70b3d57ed0000001");

  // A disk that fails while the state is read, and works when it is read again: what was read the
  // first time must not be sent to the device a second time.
  @Test
  void readingAgainAfterAFailureDoublesNoDownlink() throws Exception {
    LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");
    HandScheduler scheduler = new HandScheduler(clock);
    FailingOnce store = new FailingOnce(new InMemoryJournal().state());
    Memory memory = new Memory(store);
    List<StateChange> queue = new ArrayList<>();
    for (int number = 1; number <= QUEUED; number++) {
      queue.add(Memory.queued(DEVICE, new Queued(number, 10, false, new byte[] {1}, 0)));
    }
    store.write(queue).get();
    Map<Eui, DeviceState> states = new HashMap<>();
    AirTimes airTimes = new AirTimes(clock, clock, scheduler, memory);
    store.failAfterQueue = true;

    assertThatThrownBy(() -> memory.load(eui -> state(states, eui), airTimes))
        .isInstanceOf(JournalException.class);
    memory.load(eui -> state(states, eui), airTimes);

    assertThat(state(states, DEVICE).queue).hasSize(QUEUED);
  }

  private static DeviceState state(Map<Eui, DeviceState> states, Eui eui) {
    return states.computeIfAbsent(eui, e -> new DeviceState(e, new TokenBucket(1, 1, 0)));
  }

  /** Gives a page of the queue, and fails at the next one, once. */
  private static final class FailingOnce implements StateStore {

    private final StateStore store;
    private boolean failAfterQueue;

    FailingOnce(StateStore store) {
      this.store = store;
    }

    @Override
    public Optional<byte[]> get(String component, String key) throws JournalException {
      return store.get(component, key);
    }

    @Override
    public List<Entry> scan(String component, String after, int limit) throws JournalException {
      if (failAfterQueue && component.equals("lorawan.queue") && !after.isEmpty()) {
        failAfterQueue = false;
        throw new JournalException(JournalException.Reason.STORAGE, "the disk failed");
      }
      return store.scan(component, after, limit);
    }

    @Override
    public CompletableFuture<Void> write(List<StateChange> changes) {
      return store.write(changes);
    }
  }
}
