package city.mycelium.driver.serial.internal;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceState;
import city.mycelium.api.device.FrameDevice;
import city.mycelium.api.device.Step;
import city.mycelium.api.device.Timetable;
import city.mycelium.api.driver.Channel;
import city.mycelium.api.driver.FrameTap;
import city.mycelium.api.driver.Opening;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.driver.SerialLine;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.time.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The talk with a device from the opening of its line to its end: says what the timetable says,
 * hears what comes, and passes on one set of Readings for each that is wanted. For one thread.
 */
final class Conversation<F> implements Hearing.Listener<F> {

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

  /** Who wants to know what comes of it; called on the conversation's thread. */
  interface Listener {

    /** A set of results that was wanted; empty if all of it was told before. */
    void gives(List<Reading> readings);

    /** The device says, or shows, that it is not well or not ready. */
    void isNotWell(DeviceState state, String why);
  }

  private final DeviceId id;
  private final SerialLine line;
  private final FrameDevice<F> device;
  private final Timetable timetable;
  private final Hearing<F> hearing;
  private final Surroundings around;
  private final Clock clock;
  private final Listener listener;
  private final long openedNanos;

  private int nextStep;
  private boolean heardBefore;
  private boolean fresh;
  private long heardNanos;
  private long lastResultsNanos;
  private long bytesSinceResults;
  private long framesSinceResults;
  private @Nullable DeviceException complaint;

  Conversation(
      DeviceId id,
      SerialLine line,
      FrameDevice<F> device,
      Map<String, Channel> channels,
      Opening opening,
      Surroundings around,
      Listener listener) {
    this.id = id;
    this.line = line;
    this.device = device;
    this.timetable = device.timetable();
    this.hearing = new Hearing<>(device, channels, this);
    this.around = around;
    this.clock = around.clock();
    this.listener = listener;
    this.openedNanos = clock.monotonicNanos();
    this.lastResultsNanos = openedNanos + timetable.cyclesFrom().toNanos();
    show(FrameTap.Way.OPENED, opening.bytes());
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
  DeviceException silence() {
    if (bytesSinceResults == 0) {
      return DeviceException.unreachable("it says nothing: check its power and the wires");
    }
    if (complaint != null) {
      return complaint;
    }
    if (framesSinceResults == 0) {
      return DeviceException.corrupt(
          "what it says makes no sense: check device type and baud rate in the configuration");
    }
    return DeviceException.stale(
        "it speaks, but gives no results: check what the configuration sets of it, such as a chip"
            + " id, and the device");
  }

  /** Says goodbye, if the line still carries it, and closes the line. */
  void end() {
    try {
      for (Step step : timetable.farewell()) {
        say(step.words());
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
    fresh = heardBefore && now - heardNanos <= FRESH.toNanos();
    heardBefore = true;
    heardNanos = now;
    byte[] chunk = new byte[CHUNK_BYTES];
    for (int i = 0; i < MOST_CHUNKS; i++) {
      int count = line.read(chunk, Duration.ZERO);
      if (count == 0) {
        return;
      }
      hear(Arrays.copyOf(chunk, count));
    }
  }

  private void hear(byte[] chunk) {
    show(FrameTap.Way.HEARD, chunk);
    bytesSinceResults += chunk.length;
    hearing.hear(chunk);
  }

  @Override
  public void heard(F frame) {
    framesSinceResults++;
    if (fresh) {
      tellTime(frame);
    }
  }

  @Override
  public void gives(List<Reading> readings) {
    lastResultsNanos = clock.monotonicNanos();
    bytesSinceResults = 0;
    framesSinceResults = 0;
    complaint = null;
    listener.gives(readings);
  }

  @Override
  public void givesUnasked() {
    if (isBeforeFirstCycle()) {
      listener.isNotWell(
          DeviceState.WARMING_UP,
          "it warms up: what it says counts from "
              + timetable.cyclesFrom().toSeconds()
              + " s after its port was opened");
    }
  }

  /** Warming up is no silence; of any other trouble it is known at least what it is. */
  @Override
  public void complains(DeviceException now) {
    if (now.state() == DeviceState.WARMING_UP) {
      lastResultsNanos = clock.monotonicNanos();
    } else {
      complaint = now;
    }
    listener.isNotWell(now.state(), String.valueOf(now.getMessage()));
  }

  private boolean isBeforeFirstCycle() {
    return clock.monotonicNanos() - openedNanos < timetable.cyclesFrom().toNanos();
  }

  private void tellTime(F frame) {
    device
        .timeIn(frame)
        .ifPresent(
            told ->
                around
                    .signals()
                    .heard(
                        told.source(), told.epochMillis(), told.uncertaintyMillis(), heardNanos));
  }

  private void speak() throws IOException {
    Duration now = Duration.ofNanos(clock.monotonicNanos() - openedNanos);
    skipCyclesMissed(now);
    while (timetable.due(nextStep).compareTo(now) <= 0) {
      Step step = timetable.step(nextStep);
      nextStep++;
      if (step.words().length > 0) {
        say(step.words());
      }
      if (step.wantsResults()) {
        show(FrameTap.Way.TURN, new byte[0]);
        hearing.want();
      }
    }
  }

  private void say(byte[] words) throws IOException {
    line.write(words);
    show(FrameTap.Way.SAID, words);
  }

  private void show(FrameTap.Way way, byte[] bytes) {
    if (around.tap().isOpen(id)) {
      around.tap().pass(id, way, bytes.clone());
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
