package city.mycelium.driver.serial.internal;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.DeviceState;
import city.mycelium.api.device.FrameDevice;
import city.mycelium.api.device.SerialSensor;
import city.mycelium.api.driver.DeviceBoard;
import city.mycelium.api.driver.Opening;
import city.mycelium.api.time.Scheduler;
import city.mycelium.api.time.Schedulers;
import city.mycelium.driver.host.ResultSet;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A device as it is configured: on the board from the beginning, and served as long as its kind is
 * there. Safe for use by many threads; what happens, happens on the device's own thread.
 */
final class ConfiguredDevice implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ConfiguredDevice.class);

  /** While a gateway starts, the bundle that knows a kind may come after the configuration. */
  private static final Duration KINDS_MAY_COME = Duration.ofSeconds(5);

  private final SerialConfiguration configuration;
  private final Surroundings around;
  private final DeviceBoard.Entry board;
  private final Scheduler scheduler;

  // Of the scheduler's thread, and of whoever closes when that has ended.
  private final Set<SerialSensor> kinds = new LinkedHashSet<>();
  private boolean kindsMayCome = true;
  private @Nullable SerialSensor served;
  private @Nullable SerialPortLoop<?> loop;

  /**
   * A device whose kind is not known yet.
   *
   * @throws IllegalArgumentException if there is a device with this id already
   */
  ConfiguredDevice(
      SerialConfiguration configuration,
      Surroundings around,
      Schedulers schedulers,
      DeviceBoard board) {
    this.configuration = configuration;
    this.around = around;
    this.board = board.enter(configuration.device(), configuration.port());
    this.scheduler = schedulers.serial("serial " + configuration.port());
    scheduler.after(KINDS_MAY_COME, this::judge);
  }

  /** A kind of device is there. */
  void add(SerialSensor kind) {
    scheduler.execute(
        () -> {
          kinds.add(kind);
          serve();
        });
  }

  /** A kind of device is gone, because its bundle stops. */
  void remove(SerialSensor kind) {
    scheduler.execute(
        () -> {
          kinds.remove(kind);
          if (kind.equals(served)) {
            endLoop();
            serve();
          }
        });
  }

  /** Says goodbye to the device and closes the port; returns when that is done. */
  @Override
  public void close() {
    scheduler.close();
    endLoop();
    board.close();
  }

  private void endLoop() {
    SerialPortLoop<?> last = loop;
    served = null;
    loop = null;
    if (last != null) {
      last.end();
    }
  }

  private void judge() {
    kindsMayCome = false;
    serve();
  }

  private void serve() {
    if (served != null) {
      return;
    }
    Optional<SerialSensor> kind =
        kinds.stream().filter(k -> k.description().name().equals(configuration.type())).findFirst();
    if (kind.isPresent()) {
      served = kind.get();
      begin(kind.get());
    } else if (!kindsMayCome) {
      board.report(DeviceState.CONFIG, unknownKind());
    }
  }

  private String unknownKind() {
    return "no kind of serial device is called '"
        + configuration.type()
        + "': as type choose one of "
        + kinds.stream()
            .map(k -> k.description().name())
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
  }

  private void begin(SerialSensor kind) {
    try {
      loop = loop(kind);
      loop.start();
    } catch (DeviceException e) {
      board.report(e.state(), String.valueOf(e.getMessage()));
    } catch (RuntimeException | LinkageError e) { // somebody else's code: a defect costs only it
      LOG.error("The driver of {} failed: a defect in it, please report it", configuration, e);
      board.report(DeviceState.FAILED, "its driver failed (" + e + "): report it");
    }
  }

  private SerialPortLoop<?> loop(SerialSensor kind) throws DeviceException {
    DeviceSettings settings = DeviceSettings.of(kind.description(), configuration.options());
    DeviceDescription description = kind.description(settings);
    Duration interval = configuration.intervalOr(description.interval());
    FrameDevice<?> device = kind.device(interval, settings);
    return new SerialPortLoop<>(
        new SerialPortLoop.Place(
            configuration.device(),
            configuration.port(),
            configuration.lineOr(kind.line()),
            new Opening(
                "serial",
                description.name(),
                interval,
                configuration.options(),
                description.isPersonal())),
        device,
        ResultSet.channels(configuration.device(), description, interval),
        around,
        scheduler,
        board);
  }
}
