package city.mycelium.pipeline.internal;

import city.mycelium.api.driver.IntakeException;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.StateChange;
import city.mycelium.api.journal.StateStore;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.time.Moment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Readings that came while the time could not be trusted, in the order in which they came: kept in
 * the state store, and only counted here. Guarded by the pipeline's lock.
 */
final class UndatedLine {

  private static final Logger LOG = LoggerFactory.getLogger(UndatedLine.class);
  private static final String UNDATED = "pipeline.undated";
  private static final int PAGE = 100;

  private final StateStore state;
  private final long mostBytes;
  private final Map<DeviceId, Long> readings = new TreeMap<>();
  private long nextSequence = 1;

  /** What is kept, and what is on its way to the medium. */
  private long bytes;

  /** One submission that waits, as it is kept under its key. */
  record Stay(String key, int bytes, UndatedCodec.Undated undated) {}

  /** A submission on its way to the medium: what to write, and what then to count. */
  record Arrival(int bytes, UndatedCodec.Undated undated, StateChange change) {}

  private UndatedLine(StateStore state, long mostBytes) {
    this.state = state;
    this.mostBytes = mostBytes;
  }

  static UndatedLine open(StateStore state, long mostBytes) throws JournalException {
    UndatedLine line = new UndatedLine(state, mostBytes);
    String after = "";
    List<StateStore.Entry> page;
    do {
      page = state.scan(UNDATED, after, PAGE);
      for (StateStore.Entry entry : page) {
        after = entry.key();
        line.count(entry);
      }
    } while (page.size() == PAGE);
    return line;
  }

  private void count(StateStore.Entry entry) {
    nextSequence = Math.max(nextSequence, Long.parseLong(entry.key()) + 1);
    try {
      add(UndatedCodec.decode(entry.value()), 1);
      bytes += entry.value().length;
    } catch (IOException e) {
      LOG.error(
          "undated readings under {} cannot be read, so they will not be released; they stay where"
              + " they are: {}",
          entry.key(),
          e.getMessage());
    }
  }

  private void add(UndatedCodec.Undated undated, int sign) {
    for (Reading reading : undated.readings()) {
      DeviceId device = reading.channel().device();
      long count = readings.getOrDefault(device, 0L) + sign;
      if (count == 0) {
        readings.remove(device);
      } else {
        readings.put(device, count);
      }
    }
  }

  /**
   * Prepares to keep a submission; it is kept when {@link #kept} says so, and each Arrival ends in
   * that or in {@link #failed}.
   *
   * @throws IntakeException if there is no room; then nothing is prepared
   */
  Arrival prepare(Moment moment, List<Reading> readings) throws IntakeException {
    UndatedCodec.Undated undated = new UndatedCodec.Undated(moment, List.copyOf(readings));
    byte[] value = UndatedCodec.encode(undated);
    if (bytes + value.length > mostBytes) {
      throw new IntakeException(
          IntakeException.Reason.BUSY,
          "this gateway has not had a trusted time for so long that there is no room for more"
              + " readings without one ("
              + bytes
              + " bytes wait). Give it the time (mycelium clock says how), then send again.");
    }
    bytes += value.length;
    StateChange change = StateChange.put(UNDATED, String.format("%019d", nextSequence++), value);
    return new Arrival(value.length, undated, change);
  }

  /** The submission is on the medium. */
  void kept(Arrival arrival) {
    add(arrival.undated(), 1);
  }

  /** The submission could not be kept. */
  void failed(Arrival arrival) {
    bytes -= arrival.bytes();
  }

  /** The next in the line, the oldest first; what cannot be read is passed over. */
  List<Stay> next(int atMost) throws JournalException {
    List<Stay> stays = new ArrayList<>();
    String after = "";
    List<StateStore.Entry> page;
    do {
      page = state.scan(UNDATED, after, atMost);
      for (StateStore.Entry entry : page) {
        after = entry.key();
        try {
          stays.add(
              new Stay(entry.key(), entry.value().length, UndatedCodec.decode(entry.value())));
        } catch (IOException e) {
          LOG.debug("{} cannot be read, as was said at the start", entry.key());
        }
      }
    } while (stays.isEmpty() && page.size() == atMost);
    return stays;
  }

  static StateChange remove(Stay stay) {
    return StateChange.remove(UNDATED, stay.key());
  }

  /** These have left, durably. */
  void left(List<Stay> stays) {
    for (Stay stay : stays) {
      bytes -= stay.bytes();
      add(stay.undated(), -1);
    }
  }

  /** How many Readings wait. */
  long count() {
    return readings.values().stream().mapToLong(Long::longValue).sum();
  }

  /** How many Readings of each device wait. */
  Map<DeviceId, Long> byDevice() {
    return new TreeMap<>(readings);
  }

  /** Devices of which something waits. */
  Set<DeviceId> devices() {
    return Set.copyOf(readings.keySet());
  }
}
