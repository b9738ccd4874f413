package city.mycelium.driver.serial.internal;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceState;
import city.mycelium.api.device.FrameDevice;
import city.mycelium.api.device.SerialSettings;
import city.mycelium.api.driver.Channel;
import city.mycelium.api.driver.DeviceBoard;
import city.mycelium.api.driver.Opening;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.driver.SerialSetupException;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.time.Backoff;
import city.mycelium.api.time.Scheduler;
import city.mycelium.driver.host.Outbox;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One serial port and the device on it: opens the port, lets the device talk, hands its Readings
 * over, and begins again whenever the port dies or the device falls silent. All of it on the
 * scheduler's thread, which it shares with nobody else's device.
 */
public final class SerialPortLoop<F> {

  private static final Logger LOG = LoggerFactory.getLogger(SerialPortLoop.class);

  /**
   * Looking this often instead of waiting in a read: a time stamp is late by no more than this, and
   * nothing ever hangs in the port.
   */
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  /** Whoever mounts a sensor waits so long without asking why nothing comes. */
  private static final Duration WORTH_TELLING = Duration.ofSeconds(10);

  /**
   * The place of a device.
   *
   * @param device who is there
   * @param port as {@link city.mycelium.api.driver.SerialLines#open} takes it
   * @param settings how the line is set
   * @param opening what has to be known of the device where its bytes are replayed
   */
  public record Place(DeviceId device, String port, SerialSettings settings, Opening opening) {}

  private final Place place;
  private final FrameDevice<F> device;
  private final Map<String, Channel> channels;
  private final Surroundings around;
  private final Scheduler scheduler;
  private final DeviceBoard.Entry board;
  private final Backoff backoff =
      new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), RandomGenerator.getDefault());
  private final Outbox outbox;

  private @Nullable Conversation<F> conversation;
  private boolean troubled;
  private boolean failedBefore;
  private boolean recorded;
  private boolean ended;

  /**
   * A loop that has not begun.
   *
   * @param channels what the outputs of the device are called, by their names
   */
  public SerialPortLoop(
      Place place,
      FrameDevice<F> device,
      Map<String, Channel> channels,
      Surroundings around,
      Scheduler scheduler,
      DeviceBoard.Entry board) {
    this.place = place;
    this.device = device;
    this.channels = channels;
    this.around = around;
    this.scheduler = scheduler;
    this.board = board;
    this.outbox = new Outbox(around.intake(), around.clock(), scheduler, board);
  }

  /** Begins; returns at once. */
  public void start() {
    scheduler.execute(this::connect);
  }

  /**
   * Says goodbye to the device and closes the port. To be called by the scheduler, or when the
   * scheduler is closed.
   */
  public void end() {
    ended = true;
    Conversation<F> last = conversation;
    conversation = null;
    if (last != null) {
      last.end();
    }
    around.claims().release(place.device());
    outbox.end();
  }

  private void connect() {
    if (ended) {
      return;
    }
    Optional<DeviceId> holder = around.claims().claim(place.port(), place.device());
    if (holder.isPresent()) {
      later(
          DeviceState.CONFIG,
          holder.get()
              + " has the port "
              + place.port()
              + " already: a port serves one device, so change or remove one of the two"
              + " configurations");
      return;
    }
    recorded = around.tap().isOpen(place.device());
    try {
      conversation =
          new Conversation<>(
              place.device(),
              around.lines().open(place.port(), place.settings()),
              device,
              channels,
              place.opening(),
              around,
              new Listener());
      tellOfWarmUp();
      scheduler.execute(this::look);
    } catch (SerialSetupException e) {
      later(DeviceState.CONFIG, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      later(DeviceState.UNREACHABLE, e.getMessage() + "; it is tried again from time to time");
    }
  }

  /** A device that is in trouble is not called well because it is tried again. */
  private void tellOfWarmUp() {
    Duration warmUp = device.timetable().cyclesFrom();
    if (!troubled && warmUp.compareTo(WORTH_TELLING) >= 0) {
      board.report(
          DeviceState.WARMING_UP,
          "it warms up: what it says counts from " + warmUp.toSeconds() + " s after now");
    }
  }

  private void later(DeviceState state, String why) {
    troubled = true;
    around.claims().release(place.device());
    board.report(state, why);
    scheduler.after(backoff.next(), this::connect);
  }

  /** Looks again and again until the conversation ends; back-off outlasts the last look by far. */
  private void look() {
    Conversation<F> now = conversation;
    if (now == null) {
      return;
    }
    boolean wasRecorded = recorded;
    recorded = around.tap().isOpen(place.device());
    if (recorded && !wasRecorded) { // a record begins with what is said when a line is opened
      conversation = null;
      now.abandon();
      connect();
      return;
    }
    // First of all, so that a defect in a device class does not end the loop.
    scheduler.after(LOOK_EVERY, this::look);
    try {
      now.turn();
      if (now.isSilent()) {
        DeviceException silence = now.silence();
        startAgain(now, silence.state(), String.valueOf(silence.getMessage()));
      }
    } catch (IOException e) {
      startAgain(now, DeviceState.UNREACHABLE, e.getMessage() + "; plugged in again, it goes on");
    } catch (RuntimeException | LinkageError e) { // somebody else's code: a defect costs the frame
      broke(e);
    }
  }

  private void broke(Throwable defect) {
    if (!failedBefore) {
      failedBefore = true;
      LOG.error("The driver of {} failed: a defect in it, please report it", place, defect);
    }
    board.report(
        DeviceState.FAILED,
        "its driver failed (" + defect + "): report it; what comes next is read all the same");
  }

  private void startAgain(Conversation<F> over, DeviceState state, String why) {
    conversation = null;
    over.abandon();
    later(state, why);
  }

  private final class Listener implements Conversation.Listener {

    @Override
    public void gives(List<Reading> readings) {
      backoff.reset();
      troubled = false;
      board.report(DeviceState.OK, "it gives results");
      if (!readings.isEmpty()) {
        outbox.offer(readings);
      }
    }

    @Override
    public void isNotWell(DeviceState state, String why) {
      board.report(state, why);
    }
  }
}
