package city.mycelium.driver.host.internal;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceState;
import city.mycelium.api.device.Poll;
import city.mycelium.api.driver.Channel;
import city.mycelium.api.driver.DeviceBoard;
import city.mycelium.api.driver.FrameTap;
import city.mycelium.api.driver.Intake;
import city.mycelium.api.driver.Opening;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.time.Backoff;
import city.mycelium.api.time.Cancellable;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import city.mycelium.driver.host.DeviceHost;
import city.mycelium.driver.host.HostedDevice;
import city.mycelium.driver.host.Outbox;
import city.mycelium.driver.host.ResultSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one hosted device: its turns, what is made of each, and when the next one is. All of
 * it on the scheduler's thread, except the call into the device class, which runs on a worker.
 */
final class HostedLife implements DeviceHost.Stay {

  private static final Logger LOG = LoggerFactory.getLogger(HostedLife.class);

  /**
   * A turn that takes longer hangs: longer than the slowest chip's 2 s and a bus's own time-out.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Trouble that may be over at once, such as a disturbed transfer, is not waited out. */
  private static final Duration SOON = Duration.ofMillis(500);

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private final HostedDevice device;
  private final DeviceBoard.Entry board;
  private final Scheduler scheduler;
  private final Executor workers;
  private final Clock clock;
  private final FrameTap tap;
  private final Outbox outbox;
  private final Map<String, Channel> channels;
  private final Backoff backoff;

  // Of the scheduler's thread.
  private long dueNanos;
  private @Nullable Turn running;
  private @Nullable Cancellable patience;
  private int failures;
  private boolean ended;
  private boolean recorded;

  /** Of the one turn that runs; handed from turn to turn by the scheduler. */
  private @Nullable Poll poll;

  HostedLife(
      HostedDevice device,
      DeviceBoard.Entry board,
      Intake intake,
      Clock clock,
      Scheduler scheduler,
      Executor workers,
      FrameTap tap) {
    this.tap = tap;
    this.device = device;
    this.board = board;
    this.scheduler = scheduler;
    this.workers = workers;
    this.clock = clock;
    this.outbox = new Outbox(intake, clock, scheduler, board);
    this.channels = ResultSet.channels(device.id(), device.description(), device.interval());
    Duration first = device.interval().compareTo(SOON) < 0 ? device.interval() : SOON;
    this.backoff = new Backoff(first, LONGEST_PAUSE, RandomGenerator.getDefault());
  }

  void begin(Duration phase) {
    scheduler.execute(
        () -> {
          dueNanos = clock.monotonicNanos() + phase.toNanos();
          scheduler.after(phase, this::turn);
        });
  }

  @Override
  public void close() {
    board.close(); // at once: who is configured anew comes back before the scheduler's next task
    scheduler.execute(this::end);
  }

  private void end() {
    if (!ended) {
      ended = true;
      outbox.end();
      if (running == null) {
        letGo();
      }
    }
  }

  private void turn() {
    if (ended) {
      return;
    }
    boolean wasRecorded = recorded;
    recorded = tap.isOpen(device.id());
    // A record begins with what is said to a device when it is connected.
    Turn turn = new Turn(recorded && !wasRecorded);
    running = turn;
    patience = scheduler.after(PATIENCE, () -> impatient(turn));
    try {
      workers.execute(turn);
    } catch (RejectedExecutionException e) { // as many threads hang as there may be
      isOver(turn);
      board.report(DeviceState.FAILED, "too many other devices hang: restart the gateway");
      again(backoff.next());
    }
  }

  /**
   * What a worker does: connects, if need be, and reads. What is let go is closed here too, before
   * the device can be connected again: a farewell must not meet the next greeting.
   */
  private final class Turn implements Runnable {

    private final boolean anew;

    Turn(boolean anew) {
      this.anew = anew;
    }

    @Override
    public void run() {
      ResultSet results = new ResultSet(channels);
      try {
        if (anew) {
          disconnect();
        }
        Poll connected = poll;
        if (connected == null) {
          if (tap.isOpen(device.id())) {
            tap.pass(device.id(), FrameTap.Way.OPENED, opening().bytes());
          }
          connected = device.connection().open();
          poll = connected;
        }
        if (tap.isOpen(device.id())) {
          tap.pass(device.id(), FrameTap.Way.TURN, new byte[0]);
        }
        connected.read(results);
        List<Reading> readings = results.readings();
        scheduler.execute(() -> succeeded(this, readings));
      } catch (DeviceException e) {
        if (e.state() != DeviceState.STALE && e.state() != DeviceState.WARMING_UP) {
          disconnect();
        }
        scheduler.execute(() -> failed(this, e.state(), String.valueOf(e.getMessage())));
      } catch (RuntimeException | LinkageError | StackOverflowError e) {
        // Somebody else's code: a defect costs only it.
        disconnect();
        scheduler.execute(() -> broke(this, e));
      }
    }
  }

  /** On a worker, while no other has anything to do with this device. */
  private void disconnect() {
    Poll old = poll;
    poll = null;
    if (old != null) {
      try {
        old.close();
      } catch (RuntimeException | LinkageError e) { // somebody else's code; it is gone anyway
        LOG.error("The driver of {} failed to close it: a defect in it", device.id(), e);
      }
    }
  }

  private Opening opening() {
    return new Opening(
        device.bus(),
        device.description().name(),
        device.interval(),
        device.settings(),
        device.description().isPersonal());
  }

  private void impatient(Turn turn) {
    if (running == turn && !ended) {
      board.report(
          DeviceState.HANGING,
          "its driver has not come back for "
              + PATIENCE.toSeconds()
              + " s; it goes on when it does. If it stays so, check the bus and restart the"
              + " gateway");
    }
  }

  private void succeeded(Turn turn, List<Reading> readings) {
    if (isOver(turn)) {
      return;
    }
    failures = 0;
    backoff.reset();
    if (!readings.isEmpty()) {
      board.report(DeviceState.OK, "it gives results");
      outbox.offer(readings);
    }
    next();
  }

  private void failed(Turn turn, DeviceState state, String why) {
    if (isOver(turn)) {
      return;
    }
    if (state == DeviceState.WARMING_UP) {
      board.report(state, why);
      next();
      return;
    }
    failures++;
    if (failures > 1 || state == DeviceState.CONFIG) {
      board.report(state, why);
    }
    again(backoff.next());
  }

  private void broke(Turn turn, Throwable defect) {
    if (isOver(turn)) {
      return;
    }
    if (failures == 0) {
      LOG.error("The driver of {} failed: a defect in it, please report it", device.id(), defect);
    }
    failures++;
    board.report(
        DeviceState.FAILED,
        "its driver "
            + device.description().name()
            + " failed ("
            + defect
            + "): report it; it is tried again from time to time");
    again(backoff.next());
  }

  /** Whether nobody waits for this turn any more. */
  private boolean isOver(Turn turn) {
    if (running != turn) {
      return true;
    }
    running = null;
    if (patience != null) {
      patience.cancel();
      patience = null;
    }
    if (ended) {
      letGo();
    }
    return ended;
  }

  /** After the last turn. */
  private void letGo() {
    try {
      workers.execute(this::disconnect);
    } catch (RejectedExecutionException e) {
      // There is no thread to say goodbye on; the device does without.
    }
  }

  /** The next turn of the timetable; turns that were missed are not made up for. */
  private void next() {
    long interval = device.interval().toNanos();
    long late = clock.monotonicNanos() - dueNanos;
    dueNanos += interval * (1 + Math.max(0, late / interval));
    scheduler.after(Duration.ofNanos(Math.max(0, dueNanos - clock.monotonicNanos())), this::turn);
  }

  private void again(Duration pause) {
    dueNanos = clock.monotonicNanos() + pause.toNanos();
    scheduler.after(pause, this::turn);
  }
}
