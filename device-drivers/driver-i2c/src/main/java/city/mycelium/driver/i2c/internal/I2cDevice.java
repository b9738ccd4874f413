package city.mycelium.driver.i2c.internal;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.DeviceState;
import city.mycelium.api.device.I2cChip;
import city.mycelium.api.device.Poll;
import city.mycelium.api.driver.DeviceBoard;
import city.mycelium.api.driver.FrameTap;
import city.mycelium.api.time.Cancellable;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import city.mycelium.api.time.Schedulers;
import city.mycelium.driver.host.DeviceHost;
import city.mycelium.driver.host.HostedDevice;
import city.mycelium.driver.i2c.internal.bus.BusI2c;
import city.mycelium.driver.i2c.internal.bus.BusPath;
import city.mycelium.driver.i2c.internal.bus.Buses;
import city.mycelium.driver.i2c.internal.bus.FaultSentences;
import city.mycelium.driver.i2c.internal.bus.Pause;
import city.mycelium.driver.i2c.internal.bus.Seats.Seat;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One configured device, from its configuration to its end: waits for the class of its kind, has it
 * hosted, and waits again if the class goes. Safe for use by many threads; never waits for a bus.
 */
final class I2cDevice implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(I2cDevice.class);

  /** What this bus is called in a record. */
  static final String BUS = "i2c";

  /** A class that is not there by then is not on its way: bundles start within seconds. */
  static final Duration GRACE = Duration.ofSeconds(10);

  private final I2cSettings settings;
  private final ChipCatalogue catalogue;
  private final Buses buses;
  private final DeviceHost host;
  private final DeviceBoard board;
  private final Schedulers schedulers;
  private final Supplier<FrameTap> taps;
  private final Pause pause;
  private final FaultSentences sentences;
  private @Nullable Cancellable watching;
  private @Nullable I2cChip hosted;
  private DeviceHost.@Nullable Stay stay;
  private @Nullable Waiting waiting;
  private boolean closed;

  I2cDevice(
      I2cSettings settings,
      ChipCatalogue catalogue,
      Buses buses,
      DeviceHost host,
      DeviceBoard board,
      Clock clock,
      Schedulers schedulers,
      Supplier<FrameTap> taps,
      FaultSentences sentences) {
    this.settings = settings;
    this.catalogue = catalogue;
    this.buses = buses;
    this.host = host;
    this.board = board;
    this.schedulers = schedulers;
    this.taps = taps;
    this.pause = Pause.parking(clock);
    this.sentences = sentences;
  }

  /**
   * Begins; returns at once.
   *
   * @throws IllegalArgumentException if another configuration names the same device
   */
  synchronized void begin() {
    update();
    watching = catalogue.onChange(this::chipsChanged);
  }

  /** On the thread of whoever brings or takes a kind: our trouble is none of its business. */
  private void chipsChanged() {
    try {
      update();
    } catch (IllegalArgumentException e) { // somebody else has the device's name by now
      LOG.error("{}", e.getMessage());
    }
  }

  private synchronized void update() {
    if (closed) {
      return;
    }
    I2cChip chip = catalogue.named(settings.type()).orElse(null);
    if (chip != null && chip == hosted) {
      return;
    }
    if (stay != null) {
      stay.close();
      stay = null;
      hosted = null;
    }
    if (chip == null) {
      if (waiting == null) {
        waiting = new Waiting();
      }
      return;
    }
    if (waiting != null) {
      waiting.close();
      waiting = null;
    }
    stay =
        host.host(
            new HostedDevice(
                settings.id(),
                BUS,
                settings.where(),
                chip.description(),
                settings.intervalOr(chip.description().interval()),
                settings.options(),
                () -> open(chip)));
    hosted = chip;
  }

  /** On a thread of the host's, where waiting hurts nobody. */
  private Poll open(I2cChip chip) throws DeviceException {
    settings.requireInterval();
    BusPath where = settings.busPath();
    int address = settings.addressOf(chip);
    DeviceSettings options = DeviceSettings.of(chip.description(), settings.options());
    Buses.Tenancy tenancy = buses.enter(where);
    Optional<String> taken = take(new Seat(tenancy.root(), where.way(), address, id()));
    if (taken.isPresent()) {
      tenancy.close();
      throw DeviceException.config(taken.get());
    }
    BusI2c i2c = new BusI2c(tenancy.bus(), where, address, settings.id(), taps, pause, sentences);
    return ConnectedChip.connect(chip, i2c, options, tenancy);
  }

  /** A device that has ended meanwhile takes nothing any more: nobody would give it back. */
  private synchronized Optional<String> take(Seat seat) {
    return closed ? Optional.of("it is not configured any more") : buses.seats().take(seat);
  }

  private String id() {
    return settings.id().value();
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (watching != null) {
      watching.cancel();
    }
    if (stay != null) {
      stay.close();
    }
    if (waiting != null) {
      waiting.close();
    }
    buses.seats().leave(id());
  }

  /** The time without a class. */
  private final class Waiting implements AutoCloseable {

    private final DeviceBoard.Entry entry = board.enter(settings.id(), settings.where());
    private final Scheduler scheduler = schedulers.serial("i2c-" + id());

    Waiting() {
      scheduler.after(GRACE, this::say);
    }

    private void say() {
      entry.report(
          DeviceState.CONFIG,
          "no kind of I2C device is called '"
              + settings.type()
              + "': "
              + (catalogue.names().isEmpty()
                  ? "there is none at all; "
                  : "choose one of " + String.join(", ", catalogue.names()) + ", or ")
              + "install the bundle that brings it");
    }

    @Override
    public void close() {
      scheduler.close();
      entry.close();
    }
  }
}
