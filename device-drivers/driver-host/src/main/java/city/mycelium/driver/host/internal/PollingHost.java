package city.mycelium.driver.host.internal;

import city.mycelium.api.driver.DeviceBoard;
import city.mycelium.api.driver.FrameTap;
import city.mycelium.api.driver.Intake;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import city.mycelium.driver.host.DeviceHost;
import city.mycelium.driver.host.HostedDevice;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads devices on threads that are there only for waiting, and keeps all else on the scheduler's
 * one thread: a device that hangs holds a thread of its own and nothing else.
 */
public final class PollingHost implements DeviceHost {

  /**
   * The part of a turn by which each device begins after the one before it: the golden section
   * spreads any number of devices evenly, without anybody counting them.
   */
  private static final double GOLDEN = 0.618_033_988_749_895;

  /** Whoever mounts a sensor wants to see it at work, also one that is read once an hour. */
  private static final Duration LONGEST_PHASE = Duration.ofSeconds(10);

  private final Intake intake;
  private final Clock clock;
  private final Scheduler scheduler;
  private final Executor workers;
  private final DeviceBoard board;
  private final FrameTap tap;
  private final AtomicLong guests = new AtomicLong();

  /**
   * A host of nobody yet.
   *
   * @param workers runs tasks that wait, each on a thread of its own while it does; may refuse
   */
  public PollingHost(
      Intake intake,
      Clock clock,
      Scheduler scheduler,
      Executor workers,
      DeviceBoard board,
      FrameTap tap) {
    this.intake = intake;
    this.clock = clock;
    this.scheduler = scheduler;
    this.workers = workers;
    this.board = board;
    this.tap = tap;
  }

  @Override
  public Stay host(HostedDevice device) {
    DeviceBoard.Entry entry = board.enter(device.id(), device.where());
    HostedLife life = new HostedLife(device, entry, intake, clock, scheduler, workers, tap);
    life.begin(phase(device.interval()));
    return life;
  }

  /** How long after its entry a device is read first: devices of one interval never in step. */
  private Duration phase(Duration interval) {
    double turn = guests.getAndIncrement() * GOLDEN;
    double part = turn - Math.floor(turn);
    Duration within = interval.compareTo(LONGEST_PHASE) > 0 ? LONGEST_PHASE : interval;
    return Duration.ofNanos((long) (within.toNanos() * part));
  }
}
