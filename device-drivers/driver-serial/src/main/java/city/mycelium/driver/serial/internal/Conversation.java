package city.mycelium.driver.serial.internal;

import city.mycelium.api.driver.Reading;
import city.mycelium.api.driver.SerialLine;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.TimeSignals;
import city.mycelium.driver.serial.internal.device.Scan;
import city.mycelium.driver.serial.internal.device.SerialDevice;
import city.mycelium.driver.serial.internal.device.Step;
import city.mycelium.driver.serial.internal.device.Timetable;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The talk with a device from the opening of its line to its end: says what the timetable says,
 * hears what comes, and passes on one set of Readings for each that is wanted. For one thread.
 */
final class Conversation<F> {

  /** Silence is called so after three cycles without results, but not before this time. */
  private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(30);

  private static final int CYCLES_OF_SILENCE = 3;

  /**
   * What was heard is told the time by only if the last look was no longer ago: it may have waited
   * in the port since.
   */
  private static final Duration FRESH = Duration.ofMillis(200);

  private static final int CHUNK_BYTES = 1024;

  /** Chunks heard in one go; a line that never stops talking must not keep the thread for ever. */
  private static final int MOST_CHUNKS = 16;

  /** Longer than any frame: a device class that never consumes must not fill the memory. */
  private static final int MOST_UNFINISHED_BYTES = 8192;

  private final SerialLine line;
  private final SerialDevice<F> device;
  private final Timetable timetable;
  private final Function<F, List<Reading>> reader;
  private final Clock clock;
  private final Consumer<List<Reading>> results;
  private final TimeSignals signals;
  private final long openedNanos;

  private byte[] unfinished = new byte[0];
  private int nextStep;
  private boolean wanted;
  private boolean heardBefore;
  private long heardNanos;
  private long lastResultsNanos;
  private long bytesSinceResults;
  private long framesSinceResults;

  Conversation(
      SerialLine line,
      SerialDevice<F> device,
      Clock clock,
      Consumer<List<Reading>> results,
      TimeSignals signals) {
    this.line = line;
    this.device = device;
    this.timetable = device.timetable();
    this.reader = device.reader();
    this.clock = clock;
    this.results = results;
    this.signals = signals;
    this.openedNanos = clock.monotonicNanos();
    this.lastResultsNanos = openedNanos + timetable.cyclesFrom().toNanos();
  }

  /**
   * Hears what has come and says what is due; never waits.
   *
   * @throws IOException if the line is dead
   */
  void turn() throws IOException {
    hear();
    speak();
  }

  /** Whether results have been wanted in vain for so long that something must be wrong. */
  boolean isSilent() {
    Duration threeCycles = timetable.cycle().multipliedBy(CYCLES_OF_SILENCE);
    Duration limit = threeCycles.compareTo(SHORTEST_SILENCE) > 0 ? threeCycles : SHORTEST_SILENCE;
    return clock.monotonicNanos() - lastResultsNanos > limit.toNanos();
  }

  /** What the silence looks like, and what may be the cause. */
  String silence() {
    if (bytesSinceResults == 0) {
      return "it says nothing: check its power and the wires";
    }
    if (framesSinceResults == 0) {
      return "what it says makes no sense: check device type and baud rate in the configuration";
    }
    return "it speaks, but gives no results: check the chip id in the configuration, and the device";
  }

  /** Says goodbye, if the line still carries it, and closes the line. */
  void end() {
    try {
      for (Step step : timetable.farewell()) {
        line.write(step.words());
      }
    } catch (IOException e) {
      // The line is dead: nobody hears it, and nothing is lost.
    } finally {
      line.close();
    }
  }

  /** Closes a line that is of no use any more. */
  void abandon() {
    line.close();
  }

  private void hear() throws IOException {
    long now = clock.monotonicNanos();
    boolean fresh = heardBefore && now - heardNanos <= FRESH.toNanos();
    heardBefore = true;
    heardNanos = now;
    byte[] chunk = new byte[CHUNK_BYTES];
    for (int i = 0; i < MOST_CHUNKS; i++) {
      int count = line.read(chunk, Duration.ZERO);
      if (count == 0) {
        return;
      }
      hear(chunk, count, fresh);
    }
  }

  private void hear(byte[] chunk, int count, boolean fresh) {
    byte[] bytes = Arrays.copyOf(unfinished, unfinished.length + count);
    System.arraycopy(chunk, 0, bytes, unfinished.length, count);
    // Should the device class fail on these bytes, it never sees them again.
    unfinished = new byte[0];
    bytesSinceResults += count;
    Scan<F> scan = device.scan(bytes);
    int left = bytes.length - scan.consumed();
    if (left <= MOST_UNFINISHED_BYTES) {
      unfinished = Arrays.copyOfRange(bytes, scan.consumed(), bytes.length);
    }
    for (F frame : scan.frames()) {
      framesSinceResults++;
      if (fresh) {
        tellTime(frame);
      }
      List<Reading> set = reader.apply(frame);
      if (wanted && !set.isEmpty()) {
        wanted = false;
        passOn(set);
      }
    }
  }

  private void tellTime(F frame) {
    device
        .timeIn(frame)
        .ifPresent(
            told ->
                signals.heard(
                    told.source(), told.epochMillis(), told.uncertaintyMillis(), heardNanos));
  }

  private void passOn(List<Reading> set) {
    lastResultsNanos = clock.monotonicNanos();
    bytesSinceResults = 0;
    framesSinceResults = 0;
    results.accept(set);
  }

  private void speak() throws IOException {
    Duration now = Duration.ofNanos(clock.monotonicNanos() - openedNanos);
    skipCyclesMissed(now);
    while (timetable.due(nextStep).compareTo(now) <= 0) {
      Step step = timetable.step(nextStep);
      nextStep++;
      if (step.words().length > 0) {
        line.write(step.words());
      }
      wanted |= step.wantsResults();
    }
  }

  /** After a long halt of the whole gateway a device is not told at once all that it missed. */
  private void skipCyclesMissed(Duration now) {
    int steps = timetable.steps().size();
    while (nextStep >= timetable.opening().size()
        && timetable.due(nextStep + steps).compareTo(now) <= 0) {
      nextStep += steps;
    }
  }
}
