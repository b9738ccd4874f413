package city.mycelium.driver.sysfs.internal.gpio;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.StateChange;
import city.mycelium.api.journal.StateStore;
import city.mycelium.api.observation.DeviceId;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What one device has counted, beyond the life of a connection and of the process.
 *
 * <p>Written before it is told, and only if it has grown since: a count that was told can then
 * never be lower after a power cut, which would look like a meter that was reset; and the flash is
 * written once per reading at most, however many pulses come. Safe for use by many threads; blocks.
 */
public final class PulseMemory {

  private static final String COMPONENT = "sysfs.pulses";

  /** Shorter than the host's patience with a turn. */
  private static final long LONGEST_WAIT_SECONDS = 5;

  private final StateStore store;
  private final String key;

  // Guarded by this.
  private boolean isKnown;
  private long total;
  private long told;
  private long keptTotal;

  public PulseMemory(StateStore store, DeviceId device) {
    this.store = store;
    this.key = device.value();
  }

  /**
   * Finds what was counted earlier; does nothing if that is known already.
   *
   * @param first where a device begins that has never counted
   * @throws DeviceException if it cannot be found out: then nothing may be told either
   */
  synchronized void recall(long first) throws DeviceException {
    if (isKnown) {
      return;
    }
    try {
      Optional<byte[]> kept = store.get(COMPONENT, key);
      if (kept.isPresent()) {
        if (kept.get().length != 2 * Long.BYTES) {
          throw DeviceException.config(
              "what is kept of its count cannot be read: give the device another deviceId, and"
                  + " startAt what it has counted");
        }
        ByteBuffer from = ByteBuffer.wrap(kept.get());
        total = from.getLong();
        told = from.getLong();
        keptTotal = total;
      } else {
        total = first;
        told = first;
        keptTotal = -1;
      }
      isKnown = true;
    } catch (JournalException e) {
      throw DeviceException.unreachable(
          "the journal does not say what it has counted (" + e.getMessage() + ")", e);
    }
  }

  /** Pulses were counted. */
  synchronized void add(long pulses) {
    total += pulses;
  }

  /** All that was counted. */
  synchronized long total() {
    return total;
  }

  /**
   * Makes the count safe, and takes it as told.
   *
   * @return how many pulses were not told before
   * @throws DeviceException STALE if it cannot be kept now; it goes on in memory
   */
  synchronized long tell() throws DeviceException {
    long news = total - told;
    if (news != 0 || keptTotal != total) {
      write(total, total);
    }
    return news;
  }

  /** Makes the count safe, and leaves it to be told; nobody is there to hear of trouble. */
  synchronized void put() {
    if (isKnown && keptTotal != total) {
      try {
        write(total, told);
      } catch (DeviceException e) {
        // It stays in memory, and is lost only if the process ends now: docs/drivers-sysfs.md.
      }
    }
  }

  private void write(long newTotal, long newTold) throws DeviceException {
    byte[] value = ByteBuffer.allocate(2 * Long.BYTES).putLong(newTotal).putLong(newTold).array();
    try {
      store
          .write(List.of(StateChange.put(COMPONENT, key, value)))
          .get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
      keptTotal = newTotal;
      told = newTold;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw notKept("interrupted");
    } catch (ExecutionException e) {
      throw notKept(String.valueOf(e.getCause()));
    } catch (TimeoutException e) {
      throw notKept("it did not answer within " + LONGEST_WAIT_SECONDS + " s");
    }
  }

  private static DeviceException notKept(String why) {
    return DeviceException.stale(
        "the journal cannot keep the count now ("
            + why
            + "): it goes on being counted, and is told when it is safe");
  }
}
